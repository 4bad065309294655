using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>An entry of the event list as one line for people.</summary>
internal static class EventText
{
    public static string Of(EventEntry entry) =>
        Line(entry.At, Subject(entry), What(entry));

    /// <summary>An entry of a subject's history: a line for the fact, and one for the change of its health.</summary>
    public static IEnumerable<string> Of(string subject, HistoryEntry entry) => HistoryText.Of(entry).Select(what => Line(entry.At, subject, what));

    public static string Subject(EventEntry entry) => entry.Node?.ToString() ?? "agent";

    public static string What(EventEntry entry) => entry switch
    {
        { Transition: { } transition } => HistoryText.Of(transition),
        { Fact: { } fact } => HistoryText.Of(fact),
        _ => "",
    };

    private static string Line(DateTimeOffset at, string subject, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.ToLocalTime():yyyy-MM-dd HH:mm:ss.fff}  {subject,-12} {what}");
}
