#include "scenarios/step_acts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/plot_image.h"
#include "scenarios/text_pieces.h"
#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {
namespace {

void fill_strings(Json& json, const TemplateValues& values) {
  if (json.is_string()) {
    json = fill(json.get_ref<const std::string&>(), values);
  } else if (json.is_structured()) {
    for (Json& child : json) fill_strings(child, values);
  }
}

std::string filled_arguments(const FunctionCall& call, const TemplateValues& values) {
  if (const auto* text = std::get_if<std::string>(&call.arguments)) return fill(*text, values);
  Json json = std::get<Json>(call.arguments);
  fill_strings(json, values);
  // Keys come from a file that may hold any bytes; what is sent is always UTF-8.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// How many pieces a stretch of a text may have, so that all of them have max_pieces.
std::size_t share_of_pieces(std::size_t bytes, std::size_t all_bytes) {
  return std::max<std::size_t>(1, max_pieces * bytes / all_bytes);
}

}  // namespace

void StepActs::add(const Say& say) {
  turn_.begin_spread();
  turn_.add(BeginMessage{say.usage});
  for (std::size_t part = 0; part < say.parts.size(); ++part)
    add_part(part, say.parts[part], say.pieces);
  turn_.end_spread(say.over);
  if (!say.unfinished) turn_.add(EndMessage{});
}

void StepActs::add(const Call& call) {
  turn_.begin_spread();
  turn_.add(BeginCalls{call.usage});
  for (std::size_t index = 0; index < call.tools.size(); ++index)
    std::visit([&](const auto& tool) { add_tool(index, tool, call.pieces); }, call.tools[index]);
  turn_.end_spread(call.over);
  if (!needs_outputs(call) && !call.unfinished) turn_.add(EndCalls{});
}

// Messages

void StepActs::add_part(std::size_t index, const SayPart& part, const Pieces& pieces) {
  AddToMessage delta{.part = index};
  if (const auto* text = std::get_if<TextPart>(&part)) {
    add_text(index, text->text, pieces);
  } else if (const auto* refusal = std::get_if<RefusalPart>(&part)) {
    delta.kind = PartKind::refusal;
    add_pieces(std::move(delta), fill(refusal->refusal, values_), pieces);
  } else if (const auto* image = std::get_if<ImageUrlPart>(&part)) {
    delta.kind = PartKind::image_url;
    delta.piece = fill(image->url, values_);
    delta.detail = image->detail;
    turn_.add(std::move(delta));
  } else if (const auto* file = std::get_if<ImageFilePart>(&part)) {
    delta.kind = PartKind::image_file;
    delta.piece = file->file;
    delta.detail = file->detail;
    turn_.add(std::move(delta));
  }
}

// A citation or a link is one piece, whatever the pieces around it are (docs/wire/streaming.md,
// section 4).
void StepActs::add_text(std::size_t index, std::string_view text, const Pieces& pieces) {
  const std::vector<FilledStretch> stretches = fill_in_stretches(text, values_);
  if (stretches.empty()) return turn_.add(AddToMessage{.part = index});
  std::size_t bytes = 0;
  for (const FilledStretch& stretch : stretches) bytes += stretch.text.size();
  std::size_t begin = 0;
  for (const FilledStretch& stretch : stretches) {
    const std::size_t end = begin + character_count(stretch.text);
    if (stretch.mark) {
      turn_.add(AddToMessage{.part = index,
                             .piece = stretch.text,
                             .annotation = Annotation{*stretch.mark, begin, end}});
    } else {
      const auto cut =
          text_pieces(stretch.text, pieces, share_of_pieces(stretch.text.size(), bytes));
      turn_.reserve(cut.size());
      for (const std::string_view piece : cut)
        turn_.add(AddToMessage{.part = index, .piece = std::string(piece)});
    }
    begin = end;
  }
}

void StepActs::add_pieces(AddToMessage delta, std::string_view text, const Pieces& pieces) {
  const std::vector<std::string_view> cut = text_pieces(text, pieces);
  turn_.reserve(cut.size());
  for (const std::string_view piece : cut)
    turn_.add(AddToMessage{.part = delta.part, .kind = delta.kind, .piece = std::string(piece)});
  if (cut.empty()) turn_.add(std::move(delta));
}

// Calls

void StepActs::add_tool(std::size_t index, const FunctionCall& function, const Pieces& pieces) {
  turn_.add(AddCall{index, function.name});
  const std::string arguments = filled_arguments(function, values_);
  for (const std::string_view piece : text_pieces(arguments, pieces))
    turn_.add(AddArguments{index, std::string(piece)});
}

void StepActs::add_tool(std::size_t index, const CodeRun& code, const Pieces& pieces) {
  turn_.add(AddCode{index});
  const std::string input = fill(code.input, values_);
  for (const std::string_view piece : text_pieces(input, pieces))
    turn_.add(AddCodeInput{index, std::string(piece)});
  for (const MadeFile& file : code.files) make_file(file);
  for (std::size_t output = 0; output < code.outputs.size(); ++output) {
    if (const auto* logs = std::get_if<Logs>(&code.outputs[output])) {
      turn_.add(AddLogs{index, output, fill(logs->text, values_)});
    } else {
      const auto& image = std::get<MadeFile>(code.outputs[output]);
      make_file(image);
      turn_.add(AddImage{index, output, image.filename});
    }
  }
}

void StepActs::add_tool(std::size_t index, const FileSearch& search, const Pieces&) {
  AddSearch found{.call = index, .query = fill(search.query, values_)};
  if (search.results) {
    for (const ScriptedResult& result : *search.results)
      found.results.push_back(found_chunk(result, fill(result.text, values_), scenario_, tools_));
  } else {
    found.results = tools_.search(found.query);
  }
  if (found.results.size() > max_found) found.results.resize(max_found);
  ++hosted_.searches;
  hosted_.results = found.results;
  turn_.add(std::move(found));
}

void StepActs::make_file(const MadeFile& file) {
  hosted_.made_files.insert(file.filename);
  turn_.add(MakeFile{file.filename, file.bytes ? *file.bytes : plot_image(file.filename)});
}

}  // namespace assistants_mock::scenarios
