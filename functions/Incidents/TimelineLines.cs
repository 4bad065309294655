using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>What was stored, as lines of a timeline. Pure.</summary>
internal static class TimelineLines
{
    public static TimelineEntry Of(IncidentAction action) => new()
    {
        At = action.At,
        Kind = TimelineKind.Incident,
        Text = Cut(action.Text.Length == 0 ? Word(action.Kind) : $"{Word(action.Kind)}: {action.Text}"),
        By = action.By,
    };

    public static IEnumerable<TimelineEntry> Of(HistoryEntry entry)
    {
        if (entry.Fact is { } fact)
        {
            yield return fact is NodeFact.Proved { Proof: var proof } ? Proof(entry.At, proof) : Line(entry.At, TimelineKind.Event, HistoryText.Of(fact));
        }

        if (entry.Transition is { } transition)
        {
            yield return Line(entry.At, TimelineKind.State, HistoryText.Of(transition));
        }

        if (entry.Order is { } order)
        {
            yield return Line(entry.At, TimelineKind.Order, HistoryText.Of(order)) with { By = order.Automatic is null ? Cut(order.By) : null };
        }
    }

    public static TimelineEntry Of(AlertView view) => new()
    {
        At = view.EndedAt ?? view.DueAt ?? view.Alert.At,
        Kind = AlertText.IsOver(view) ? TimelineKind.Alert : TimelineKind.Pending,
        Text = Cut($"{(HasChannel(view) ? $"{view.Channel}: " : "")}\"{view.Alert.Title}\" {AlertText.Of(view)}"),
        Alert = view.Alert.Id,
        Channel = HasChannel(view) ? view.Channel : null,
        Status = view.Status,
    };

    /// <summary>It is decided, and not that nobody is told.</summary>
    private static bool HasChannel(AlertView view) => view.Channel is not ("" or DeliveryRecord.NoChannel);

    private static TimelineEntry Proof(DateTimeOffset at, RestartProof proof)
    {
        var lines = ProofText.Lines(proof).Select(Cut).ToList();
        return Line(at, TimelineKind.Event, lines[0]) with { Details = [.. lines.Skip(1)] };
    }

    private static TimelineEntry Line(DateTimeOffset at, TimelineKind kind, string text) => new() { At = at, Kind = kind, Text = Cut(text) };

    private static string Word(IncidentActionKind kind) => kind switch
    {
        IncidentActionKind.AcknowledgementEnded => "acknowledgement ended",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string Cut(string text) => text.Length <= TimelineEntry.LongestText ? text : $"{text[..(TimelineEntry.LongestText - 3)]}...";
}
