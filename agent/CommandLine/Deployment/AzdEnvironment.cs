using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Which agents a deployment to Azure makes a queue and a key for: <c>AGENT_IDS</c> of its azd environment, read and written by azd itself in
/// the current folder. The rules are those of infra/hooks/shared.sh.
/// </summary>
internal sealed class AzdEnvironment
{
    public const string Key = "AGENT_IDS";

    /// <summary>In one deployment.</summary>
    public const int MostAgents = 300;

    /// <summary>azd looks for a newer version of itself at times, and waits for that.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>A full list of agents has 12 KB; other values stand beside it.</summary>
    private const int MostOutput = 1 << 20;

    private const string NameKey = "AZURE_ENV_NAME";

    private readonly ProgramRun _azd;
    private readonly string[] _which;

    private AzdEnvironment(ProgramRun azd, string? name)
    {
        _azd = azd;
        _which = name is null ? ["--no-prompt"] : ["--environment", name, "--no-prompt"];
    }

    /// <param name="host">Where azd is looked for.</param>
    /// <param name="name">Of the environment; null for azd's default one.</param>
    /// <param name="folder">In or below the project's.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Null where there is no azd.</returns>
    public static AzdEnvironment? Find(HostFacts host, string? name, string folder, TimeProvider time)
    {
        if (host.FindProgram("azd") is not { } azd)
        {
            return null;
        }

        // All but a key of the monitor, which is none of azd's business.
        var variables = host.Variables.Where(v => v.Key is not Names.KeyVariable).Select(v => $"{v.Key}={v.Value}");
        return new AzdEnvironment(new ProgramRun(azd, time) { Deadline = Deadline, Environment = [.. variables], Folder = folder, MostOutput = MostOutput }, name);
    }

    /// <returns>The environment's name and its agents in their order, or why there are none.</returns>
    public async Task<AzdAgents> ReadAsync(CancellationToken cancellation)
    {
        var said = await _azd.EndAsync(["env", "get-values", .. _which], cancellation);
        if (said.Code != 0)
        {
            return new AzdAgents.Failed(said.Failure("azd env get-values"));
        }

        var values = said.Text.Split('\n').Select(line => line.Trim().Split('=', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0]).ToDictionary(pair => pair.Key, pair => pair.Last()[1].Trim('"'));
        var words = values.GetValueOrDefault(Key, "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(words, word => !NodeName.TryParse(word, out _)) is { } bad
            ? new AzdAgents.Failed($"{Key} has '{ShownText.Printable(bad)}': a name is {NodeName.Rule}, and commas stand between names")
            : new AzdAgents.Read(values.GetValueOrDefault(NameKey), [.. words.Select(NodeName.Parse)]);
    }

    /// <returns>Why it was not written; null when it was, and azd tells it again.</returns>
    public async Task<string?> WriteAsync(IReadOnlyList<NodeName> agents, CancellationToken cancellation)
    {
        var said = await _azd.EndAsync(["env", "set", Key, string.Join(',', agents), .. _which], cancellation);
        if (said.Code != 0)
        {
            return said.Failure($"azd env set {Key}");
        }

        return await ReadAsync(cancellation) switch
        {
            AzdAgents.Read read when read.Agents.SequenceEqual(agents) => null,
            AzdAgents.Failed failed => failed.Why,
            _ => $"azd said that it set {Key}, and tells another value",
        };
    }
}
