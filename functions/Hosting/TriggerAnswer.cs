namespace MoneroCloud.Functions;

/// <summary>What the Functions host is answered: a status and a JSON object. An empty body or <c>null</c> would keep its invocation open for ever.</summary>
internal sealed record TriggerAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public bool Succeeded => Status == StatusCodes.Status200OK;

    /// <summary>The host takes the invocation as succeeded: the message is completed.</summary>
    public static TriggerAnswer Success { get; } = new(StatusCodes.Status200OK, "application/json", "{}"u8.ToArray());

    /// <summary>The host takes the invocation as failed: the message is delivered again.</summary>
    public static TriggerAnswer Failure(string detail) =>
        new(StatusCodes.Status500InternalServerError, ProblemJson.ContentType,
            ProblemJson.Text(StatusCodes.Status500InternalServerError, "The invocation failed", detail));
}
