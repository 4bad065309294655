using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What became of reading monitor.json and its overrides.</summary>
internal abstract record MonitorConfigResult
{
    private MonitorConfigResult()
    {
    }

    /// <param name="Config">Whole and valid.</param>
    /// <param name="Source">What it was made from; <see cref="MonitorConfigSource.Again"/> makes the same of it.</param>
    /// <param name="Warnings">What is allowed but probably not meant, by line.</param>
    public sealed record Ok(MonitorConfig Config, MonitorConfigText Source, ImmutableArray<ConfigError> Warnings) : MonitorConfigResult;

    /// <param name="Errors">Everything that is wrong, by line, overrides first; at least one.</param>
    public sealed record Refused(ImmutableArray<ConfigError> Errors) : MonitorConfigResult;
}
