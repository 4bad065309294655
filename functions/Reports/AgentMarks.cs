using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Notes in an agent's row that nothing rests on: one that is lost to a race is not repeated.</summary>
internal static class AgentMarks
{
    public static async Task AckedAsync(ITable table, NodeName agent, DateTimeOffset at, CancellationToken cancellation)
    {
        if (await table.FindAsync(Keys.Agent(agent), CoreJson.Default.AgentRecord, cancellation) is { } stored)
        {
            await table.CommitAsync([Documents.Write(Keys.Agent(agent), stored with { Value = stored.Value with { AckedAt = at } }, CoreJson.Default.AgentRecord)], cancellation);
        }
    }
}
