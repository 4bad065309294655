namespace MoneroCloud.Functions;

/// <summary>The marks of agents and of the monitor itself.</summary>
internal interface IMarks
{
    /// <param name="silentSince">As the agent's record says it: the end of a silence is written with it.</param>
    Task<SubjectMarks> ReadAsync(string subject, DateTimeOffset? silentSince, CancellationToken cancellation);
}
