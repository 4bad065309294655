namespace MoneroCloud.Core;

/// <summary>Settings that several kinds of channel have.</summary>
internal static class ChannelSettings
{
    public const int MostRecipients = 50;

    public const int MailPerMinute = 30;

    public const int ShortestKey = 16;

    public static ValueShape.Text MailShape { get; } = new("a mail address such as ops@example.org", MonitorTextPatterns.MailAddress, MaxLength: 254);

    public static Setting Recipients { get; } = new("to", new ValueShape.Texts(MailShape, MostRecipients), "Who gets the mail.") { Required = true };

    /// <summary>It goes into a header.</summary>
    public static string? TokenProblem(string value) => value.All(c => c is > ' ' and <= '~') ? null : "holds other than printable ASCII";

    public static string? KeyProblem(string value) => value.Length < ShortestKey ? $"holds less than {ShortestKey} characters" : null;

    public static string? LoginProblem(string value) =>
        value.IndexOf(':', StringComparison.Ordinal) is var colon && colon > 0 && colon < value.Length - 1 ? null : "does not hold user:password";
}
