using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A journal as it was read from its file.</summary>
internal sealed record JournalContents(long Epoch, int DamagedLines, ImmutableDictionary<NodeName, JournaledNode> Nodes)
{
    /// <summary>Of the life that wrote it; 0 where none did.</summary>
    public long Life { get; init; }

    /// <summary>Null where something is missing: no file, damage, or a file from before this was written.</summary>
    public DateTimeOffset? Since { get; init; }

    public JournaledOrders Orders { get; init; } = JournaledOrders.Empty;

    /// <summary>Null while the monitor is heard, as far as the webhook was told.</summary>
    public JournalRecord.MonitorSilent? Silence { get; init; }

    /// <summary>No file is a new journal of epoch 1. Damage before the last line raises the epoch, so that numbers are never used twice.</summary>
    public static JournalContents Read(string path)
    {
        if (!File.Exists(path))
        {
            return new JournalContents(1, 0, ImmutableDictionary<NodeName, JournaledNode>.Empty);
        }

        var lines = File.ReadAllText(path).Split('\n');
        var reading = new Reading();

        // What follows the last newline was cut off in the write: it never happened.
        foreach (var line in lines.SkipLast(1).Where(l => l.Length > 0))
        {
            reading.Take(TryParse(line));
        }

        return reading.Contents();
    }

    private static JournalRecord? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.JournalRecord);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException)
        {
            return null;
        }
    }

    private static NodeName? NodeOf(JournalRecord record) => record switch
    {
        JournalRecord.Intent r => r.Node,
        JournalRecord.Spawned r => r.Node,
        JournalRecord.Ended r => r.Node,
        JournalRecord.Stopped r => r.Node,
        JournalRecord.Running r => r.Node,
        JournalRecord.Available r => r.Node,
        JournalRecord.Breaker r => r.Node,
        JournalRecord.Climbing r => r.Node,
        _ => null,
    };

    private sealed class Reading
    {
        private readonly ImmutableDictionary<NodeName, JournaledNode>.Builder _nodes = ImmutableDictionary.CreateBuilder<NodeName, JournaledNode>();
        private JournaledOrders _orders = JournaledOrders.Empty;
        private JournalRecord.Created? _created;
        private JournalRecord.MonitorSilent? _silence;
        private long _epoch;
        private int _damaged;

        public void Take(JournalRecord? record)
        {
            switch (record)
            {
                case null:
                    _damaged++;
                    break;
                case JournalRecord.Created created:
                    _created = created;
                    _epoch = Math.Max(_epoch, created.Epoch);
                    _orders = _orders with { ForgottenUntil = Math.Max(_orders.ForgottenUntil, created.ForgottenUntil ?? 0) };
                    break;
                case JournalRecord.MonitorSilent or JournalRecord.MonitorHeard:
                    _silence = record as JournalRecord.MonitorSilent;
                    break;
                case var other when NodeOf(other) is { } node:
                    _nodes[node] = (_nodes.TryGetValue(node, out var before) ? before : JournaledNode.Empty).Apply(other);
                    break;
                default:
                    _orders = _orders.Apply(record);
                    break;
            }
        }

        public JournalContents Contents() => new(Math.Max(1, _damaged > 0 ? _epoch + 1 : _epoch), _damaged, _nodes.ToImmutable())
        {
            Life = _created?.Life ?? 0,
            Since = _damaged > 0 ? null : _created?.Since,
            Orders = _orders,
            Silence = _silence,
        };
    }
}
