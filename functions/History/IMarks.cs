using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The marks of agents and of the monitor itself.</summary>
internal interface IMarks
{
    /// <param name="agent">Its record as it was read before, where it is an agent: its marks are written with that. Null for whoever else.</param>
    Task<SubjectMarks> ReadAsync(string subject, AgentRecord? agent, CancellationToken cancellation);
}
