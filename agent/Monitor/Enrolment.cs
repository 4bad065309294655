using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A valid enrolment: which monitor, by which keys and over which bus. Its text shows no key.</summary>
internal sealed class Enrolment
{
    /// <summary>Two of the monitor's while one replaces the other.</summary>
    public const int MostKeys = 2;

    private readonly string _privateKey;

    private Enrolment(EnrolmentDocument document, NodeName agent, Uri monitor, ImmutableArray<VerifyingKey> keys, BusAddress reportsBus, BusAddress commandsBus, SigningKey key)
    {
        _privateKey = document.PrivateKey!;
        Agent = agent;
        Monitor = monitor;
        MonitorKeys = keys;
        ReportsBus = reportsBus;
        CommandsBus = commandsBus;
        Key = key.PublicKey;
        ReportsQueue = document.ReportsQueue!;
        CommandsQueue = document.CommandsQueue!;
        Period = TimeSpan.FromSeconds(document.PeriodSeconds ?? 60);
    }

    public NodeName Agent { get; }

    /// <summary>With a last slash.</summary>
    public Uri Monitor { get; }

    /// <summary>At least one.</summary>
    public ImmutableArray<VerifyingKey> MonitorKeys { get; }

    /// <summary>Where reports go.</summary>
    public BusAddress ReportsBus { get; }

    /// <summary>Where orders and acks come from: the same bus, in the cloud by another key.</summary>
    public BusAddress CommandsBus { get; }

    public string ReportsQueue { get; }

    public string CommandsQueue { get; }

    /// <summary>Between two reports when nothing changes, as the monitor wishes it.</summary>
    public TimeSpan Period { get; }

    /// <summary>The public half of the agent's own key.</summary>
    public VerifyingKey Key { get; }

    /// <summary>The agent's own key; the caller disposes of it.</summary>
    public SigningKey OpenKey() => SigningKey.TryImportPem(_privateKey, out var key, out var error) ? key : throw new InvalidOperationException(error);

    public bool IsSameAs(Enrolment? other) =>
        other is not null && Key == other.Key && Monitor == other.Monitor && ReportsBus == other.ReportsBus && CommandsBus == other.CommandsBus && Period == other.Period
        && (Agent, ReportsQueue, CommandsQueue) == (other.Agent, other.ReportsQueue, other.CommandsQueue) && MonitorKeys.SequenceEqual(other.MonitorKeys);

    /// <param name="document">Any.</param>
    /// <param name="problem">The member and what is wrong with it, without a secret; null when it is valid.</param>
    public static Enrolment? Of(EnrolmentDocument document, out string? problem)
    {
        var agent = NodeName.TryParse(document.Agent, out var name) ? name : default(NodeName?);
        var monitor = MonitorAddress.TryParse(document.MonitorUrl, out problem);
        problem = agent is null ? "agent is not a name" : problem is null ? null : $"monitor_url {problem}";
        var keys = problem is null ? Keys(document, out problem) : [];
        problem ??= Queue("reports_queue", document.ReportsQueue) ?? Queue("commands_queue", document.CommandsQueue);
        problem ??= document.Bus is not null && (document.ReportsBus ?? document.CommandsBus) is not null ? "bus stands beside reports_bus or commands_bus: either it, or both of them" : null;
        var reports = problem is null ? Address(document.Bus ?? document.ReportsBus, document.ReportsQueue!, out problem) : null;
        var commands = problem is null ? Address(document.Bus ?? document.CommandsBus, document.CommandsQueue!, out problem) : null;
        problem ??= document.PeriodSeconds is null or (>= 1 and <= 600) ? null : $"period_seconds {document.PeriodSeconds} is out of range, 1 to 600";
        if (problem is not null)
        {
            return null;
        }

        if (!SigningKey.TryImportPem(document.PrivateKey, out var key, out var error))
        {
            problem = $"private_key: {error}";
            return null;
        }

        using (key)
        {
            return new Enrolment(document, agent!.Value, monitor!, keys, reports!, commands!, key);
        }
    }

    public override string ToString() => $"{Agent} at {Monitor}";

    private static ImmutableArray<VerifyingKey> Keys(EnrolmentDocument document, out string? problem)
    {
        problem = document.MonitorKeys is { Length: 1 or MostKeys } ? null : "monitor_keys must be one public key, or two";
        var keys = ImmutableArray.CreateBuilder<VerifyingKey>();
        foreach (var jwk in problem is null ? document.MonitorKeys! : [])
        {
            if (!VerifyingKey.TryParse(jwk.GetRawText(), out var key, out var error))
            {
                problem = $"monitor_keys: {error}";
                return [];
            }

            keys.Add(key);
        }

        return keys.ToImmutable();
    }

    private static BusAddress? Address(string? text, string queue, out string? problem)
    {
        problem = !BusAddress.TryParse(text, out var address, out var error) ? error
            : address.EntityPath is { } path && path != queue ? $"the bus's key is for the queue {path}, not for {queue}"
            : null;
        if (address is { Transport: BusTransport.Tcp } && !MonitorAddress.IsLoopback(address.Host))
        {
            problem = $"the bus at {address.Host} is without TLS, which is for this machine alone";
        }

        return problem is null ? address : null;
    }

    private static string? Queue(string member, string? name) =>
        name is { Length: >= 1 and <= 260 } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '/') ? null : $"{member} is not the name of a queue";
}
