// Reads messages of the channel "teams", a JSON text a line of stdin, with Microsoft's own library as a host of version 1.2 does, and says of
// each in a line of stdout what that complains about and what it found.
"use strict";
const cards = require("adaptivecards/dist/adaptivecards.js");
const lines = require("fs").readFileSync(0, "utf8").split("\n").filter((line) => line.length > 0);

function runsOf(element) {
  if (element instanceof cards.TextRun) {
    return [element.text];
  }
  const inner = [];
  for (let i = 0; i < (element.getItemCount ? element.getItemCount() : 0); i++) {
    inner.push(element.getItemAt(i));
  }
  for (let i = 0; i < (element.getInlineCount ? element.getInlineCount() : 0); i++) {
    inner.push(element.getInlineAt(i));
  }
  return inner.flatMap(runsOf);
}

for (const line of lines) {
  const content = JSON.parse(line).attachments[0].content;
  const context = new cards.SerializationContext(cards.Versions.v1_2);
  const card = new cards.AdaptiveCard();
  card.parse(content, context);
  const complaints = [];
  for (let i = 0; i < context.eventCount; i++) {
    complaints.push(context.getEventAt(i).message);
  }
  complaints.push(...card.validateProperties().validationEvents.map((event) => event.message));
  const buttons = [];
  for (let i = 0; i < card.getActionCount(); i++) {
    buttons.push(card.getActionAt(i).url);
  }
  console.log(JSON.stringify({ version: `${card.version}`, complaints, texts: runsOf(card), buttons }));
}
