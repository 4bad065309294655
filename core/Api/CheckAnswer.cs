namespace MoneroCloud.Core;

/// <summary>What <c>POST /api/nodes/{id}/check</c> answers.</summary>
public sealed record CheckAnswer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required CheckMethod Method { get; init; }

    /// <summary>By the method's own measure.</summary>
    public required bool Status { get; init; }

    public required WorkedData Details { get; init; }
}
