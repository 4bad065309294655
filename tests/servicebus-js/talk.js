// Talks to the broker at a connection string (stdin) with Service Bus's own JavaScript client over the queues "q" and "r", and says in a line
// of stdout what came of each step.
"use strict";
const { ServiceBusClient } = require("@azure/service-bus");

const say = (step, what) => console.log(JSON.stringify({ step, ...what }));

async function one(receiver) {
  const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 10_000 });
  if (!message) {
    throw new Error("nothing came");
  }
  return message;
}

async function oneByOne(client) {
  const sender = client.createSender("q");
  await sender.sendMessages([
    { body: Buffer.from("one"), messageId: "1", subject: "s", timeToLive: 300_000 },
    { body: Buffer.from("two"), messageId: "2" },
  ]);
  const receiver = client.createReceiver("q");
  const first = await one(receiver);
  const until = await receiver.renewMessageLock(first);
  say("received", { id: first.messageId, body: `${first.body}`, subject: first.subject, count: first.deliveryCount, renewed: until >= first.enqueuedTimeUtc });
  await receiver.completeMessage(first);
  await receiver.abandonMessage(await one(receiver));
  const again = await one(receiver);
  say("abandoned", { id: again.messageId, count: again.deliveryCount });
  await receiver.deadLetterMessage(again, { deadLetterReason: "bad", deadLetterErrorDescription: "not JSON" });
  const dead = client.createReceiver("q", { subQueueType: "deadLetter" });
  const letter = await one(dead);
  say("dead", { id: letter.messageId, reason: letter.deadLetterReason, description: letter.deadLetterErrorDescription });
  await dead.completeMessage(letter);
}

async function subscribed(client) {
  const sender = client.createSender("r");
  const receiver = client.createReceiver("r");
  const came = [];
  await new Promise((resolve, reject) => {
    receiver.subscribe({
      processMessage: async (message) => {
        came.push(message.messageId);
        if (came.length === 20) {
          resolve();
        }
      },
      processError: async (problem) => reject(problem.error),
    });
    sender.sendMessages([...Array(20).keys()].map((i) => ({ body: Buffer.from("x"), messageId: `${i}` }))).catch(reject);
  });
  say("subscribed", { count: new Set(came).size });
}

async function refused(connectionString) {
  const stranger = new ServiceBusClient(connectionString.replace("SharedAccessKey=key", "SharedAccessKey=wrong"), { retryOptions: { maxRetries: 0, timeoutInMs: 5_000 } });
  try {
    await stranger.createSender("q").sendMessages({ body: Buffer.from("x") });
    say("stranger", { code: "none" });
  } catch (error) {
    say("stranger", { code: error.code });
  }
  await stranger.close();
}

async function main() {
  const connectionString = require("fs").readFileSync(0, "utf8").trim();
  const client = new ServiceBusClient(connectionString, { retryOptions: { maxRetries: 1, timeoutInMs: 10_000 } });
  await oneByOne(client);
  await subscribed(client);
  await client.close();
  await refused(connectionString);
}

main().then(
  () => process.exit(0),
  (error) => {
    say("failed", { error: `${error.stack}` });
    process.exit(1);
  },
);
