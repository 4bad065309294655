using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>A journal as it was read from its file.</summary>
internal sealed record JournalContents(long Epoch, int DamagedLines, ImmutableDictionary<NodeName, JournaledNode> Nodes)
{
    /// <summary>No file is a new journal of epoch 1. Damage before the last line raises the epoch, so that numbers are never used twice.</summary>
    public static JournalContents Read(string path)
    {
        if (!File.Exists(path))
        {
            return new JournalContents(1, 0, ImmutableDictionary<NodeName, JournaledNode>.Empty);
        }

        var text = File.ReadAllText(path);
        var lines = text.Split('\n');
        var nodes = ImmutableDictionary.CreateBuilder<NodeName, JournaledNode>();
        var (epoch, damaged) = (0L, 0);
        for (var i = 0; i < lines.Length; i++)
        {
            // What follows the last newline was cut off in the write: it never happened.
            var isTail = i == lines.Length - 1;
            if (lines[i].Length == 0 || isTail)
            {
                continue;
            }

            switch (TryParse(lines[i]))
            {
                case null:
                    damaged++;
                    break;
                case JournalRecord.Created created:
                    epoch = Math.Max(epoch, created.Epoch);
                    break;
                case var record when NodeOf(record) is { } node:
                    nodes[node] = (nodes.TryGetValue(node, out var before) ? before : JournaledNode.Empty).Apply(record);
                    break;
            }
        }

        return new JournalContents(Math.Max(1, damaged > 0 ? epoch + 1 : epoch), damaged, nodes.ToImmutable());
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
        _ => null,
    };
}
