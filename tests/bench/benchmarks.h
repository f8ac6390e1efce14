#pragma once
// The tables that ./dev bench prints, in their order.
namespace assistants_mock::bench {

// GET of a run and POST of a message over HTTP, beside the front with a constant answer, nginx with
// a file and a bare epoll loop.
void report_requests();

// Whole conversations without sockets.
void report_conversations();

// Start and stop of an in-process server, and what idle connections hold.
void report_life();

// The program: how soon it answers, and what it holds when idle.
void report_program();

// Events of streams per second, and how soon the first comes, beside the front with the same bytes
// from memory.
void report_streams();

// Thousands of streams held open, each told an event a second: memory, first event, and a GET
// beside them.
void report_many_streams();

// A thousand keys, each with a conversation of its own, beside as many conversations of one key;
// what a world costs that does nothing.
void report_tenants();

// What lists and new objects cost in long threads, and how large objects are in full stores.
void report_growth();

// Search over 1,000 to 100,000 chunks, beside a scan of all texts; memory of the index.
void report_search();

// Ten thousand small files uploaded, attached and indexed, beside as many plain requests.
void report_vector_stores();

// Half a gigabyte up and down beside a server that does nothing but write it to disk and read it
// again, the program's memory meanwhile, and small files per second.
void report_uploads();

// What a list of faults costs the requests that none of them strikes.
void report_faults();

// Clients under check: cases per second in process and with Node, and the time to shrink.
void report_check();

}  // namespace assistants_mock::bench
