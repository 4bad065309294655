using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What became of reading agent.json.</summary>
internal abstract record ConfigResult
{
    private ConfigResult()
    {
    }

    /// <param name="Config">Whole and valid.</param>
    /// <param name="Warnings">What is allowed but probably not meant, by line.</param>
    public sealed record Ok(AgentConfig Config, ImmutableArray<ConfigError> Warnings) : ConfigResult;

    /// <param name="Errors">Everything that is wrong, by line; at least one.</param>
    public sealed record Refused(ImmutableArray<ConfigError> Errors) : ConfigResult;
}
