using System.Text.RegularExpressions;

namespace MoneroCloud.Core;

/// <summary>The patterns of addresses outside by which the monitor watches itself; written as those of <see cref="TextPatterns"/>.</summary>
internal static partial class WatchTextPatterns
{
    private const string Host = @"([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])";

    private const string Port = "[1-9][0-9]{0,4}";

    private const string Path = @"(/[A-Za-z0-9._~!$&'()*+,;=:%/@-]*)?";

    private const string AnyUrl = "https?://" + Host + "(:" + Port + ")?" + Path + @"(\?[A-Za-z0-9._~!$&'()*+,;=:%/?@-]*)?";

    [GeneratedRegex("^(tcp://" + Host + ":" + Port + "|https://" + Host + "(:" + Port + ")?" + @"(/[A-Za-z0-9._~!$&'()*+,;=:%/-]*)?)$")]
    public static partial Regex SelfCheckTarget { get; }

    [GeneratedRegex("^" + AnyUrl + "$")]
    public static partial Regex Url { get; }

    [GeneratedRegex("^(env:ALERT_[A-Z0-9_]{1,100}|" + AnyUrl + ")$")]
    public static partial Regex SecretAddress { get; }
}
