namespace MoneroCloud.Functions;

/// <summary>Why a message was not taken: AMQP's condition, and words.</summary>
internal sealed record QueueRefusal(string Condition, string Description);
