namespace MoneroCloud.Agent;

/// <summary>Why the monitor refused, in problem+json.</summary>
internal sealed record EnrolmentProblem(string? Title, string? Detail);
