using System.Globalization;

namespace MoneroCloud.Core;

/// <summary>What became of an alert over one channel, in words.</summary>
internal static class AlertText
{
    public static string Of(AlertView view) => $"{Standing(view)}{(view.EscalatedFrom is { } from ? $"; {from} did not take it" : "")}{(view.LostClaims is null ? "" : "; it may have been sent more than once")}";

    /// <summary>Whether anything more becomes of it.</summary>
    public static bool IsOver(AlertView view) => view.Status is AlertStatus.Delivered or AlertStatus.Refused or AlertStatus.Hidden;

    private static string Standing(AlertView view) => view.Status switch
    {
        AlertStatus.Delivered => $"delivered{Behind(view.Receipt)}",
        AlertStatus.Refused => $"refused{Behind(view.Trouble)}",
        AlertStatus.Hidden => $"hidden{Behind(view.Trouble)}",
        AlertStatus.Claimed => $"is being sent, {Tries(view.Attempts)}",
        AlertStatus.Deferred => $"deferred after {Tries(view.Attempts)}{Behind(view.Trouble)}{Again("; again at", view.DueAt)}",
        _ => $"pending{Again(", due at", view.DueAt)}",
    };

    private static string Tries(int count) => count == 1 ? "1 try" : string.Create(CultureInfo.InvariantCulture, $"{count} tries");

    private static string Behind(string? text) => string.IsNullOrEmpty(text) ? "" : $": {text}";

    private static string Again(string words, DateTimeOffset? at) => at is { } time ? $"{words} {Words.Time(time)}" : "";
}
