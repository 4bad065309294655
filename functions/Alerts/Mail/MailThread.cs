using System.Collections.Immutable;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// Where a mail belongs: all mails of one incident are one thread, below a root that is made of the incident's id and never sent. Ids are without
/// '&lt;' and '&gt;'.
/// </summary>
internal sealed record MailThread
{
    /// <summary>A mail that is about more incidents answers to the first ones.</summary>
    private const int MostRoots = 20;

    private const int LongestSubject = 150;

    private const string Product = "[MoneroCloud]";

    /// <summary>The same for every try: by it a server or a mailbox drops a repeat.</summary>
    public required string MessageId { get; init; }

    /// <summary>The roots of the incidents.</summary>
    public required ImmutableArray<string> Roots { get; init; }

    /// <summary>Within one incident the same, but for <c>Re:</c> before what did not open it. How things stand is said in the mail.</summary>
    public required string Subject { get; init; }

    /// <param name="digest">Of the notice.</param>
    /// <param name="from">The sender, whose domain the ids are in.</param>
    public static MailThread Of(Notice notice, NoticeDigest digest, string from)
    {
        var domain = from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..];
        ImmutableArray<string> incidents = [.. notice.Items.Select(i => i.Alert.Incident).OfType<string>().Distinct()];
        var one = notice.Items.DistinctBy(i => i.Alert.Subject).Count() == 1;
        return new MailThread
        {
            MessageId = $"{Local(notice.Key)}@{domain}",
            Roots = [.. incidents.Take(MostRoots).Select(i => $"incident.{Local(i)}@{domain}")],
            Subject = CleanText.Line(one ? About(notice, incidents.Length == 1) : $"{Product} {digest.Headline}", LongestSubject),
        };
    }

    private static string About(Notice notice, bool incident)
    {
        var alert = notice.Items[0].Alert;
        var what = NodeId.TryParse(alert.Subject, out _) || alert.Subject == NodeId.Monitor ? alert.Subject : $"agent {alert.Subject}";
        return $"{(incident && !notice.Items.Any(i => Opens(i.Alert.Kind)) ? "Re: " : "")}{Product} {what}";
    }

    /// <summary>With it an incident may begin.</summary>
    private static bool Opens(AlertKind kind) =>
        kind is AlertKind.Down or AlertKind.Degraded or AlertKind.AgentSilent or AlertKind.MonitorInDoubt or AlertKind.ConfigurationRefused;

    /// <summary>A dot-atom, another one for every key: neither '+' nor '_' is in a key.</summary>
    private static string Local(string key) =>
        string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : c == ':' ? '+' : '_'));
}
