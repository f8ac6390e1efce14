#pragma once
// The tables that ./dev bench prints, in their order.
namespace assistants_mock::bench {

// GET of a run and POST of a message over HTTP, beside the front with a constant answer and beside
// a bare epoll loop.
void report_requests();

// Whole conversations without sockets.
void report_conversations();

// Start and stop of an in-process server, and what idle connections hold.
void report_life();

// The program: how soon it answers, and what it holds when idle.
void report_program();

}  // namespace assistants_mock::bench
