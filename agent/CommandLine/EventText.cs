using System.Globalization;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>An entry of the event list as one line for people.</summary>
internal static class EventText
{
    public static string Of(EventEntry entry) =>
        Line(entry.At, Subject(entry), What(entry));

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
