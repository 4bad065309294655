namespace MoneroCloud.Core;

/// <summary>What of a node's error message may be shown: a peer that took the port could answer with anything, even our own secret.</summary>
internal static class RpcErrorText
{
    public const int Limit = 120;

    public const string Withheld = "(withheld: the message repeats a secret)";

    public static string Of(string? message, string? secret)
    {
        if (string.IsNullOrEmpty(message))
        {
            return "(no message)";
        }

        if (!string.IsNullOrEmpty(secret) && message.Contains(secret, StringComparison.OrdinalIgnoreCase))
        {
            return Withheld;
        }

        var shown = message.Length > Limit ? message[..Limit] : message;
        return string.Create(shown.Length, shown, static (span, text) =>
        {
            for (var at = 0; at < span.Length; at++)
            {
                span[at] = text[at] is >= ' ' and <= '~' ? text[at] : '?';
            }
        });
    }
}
