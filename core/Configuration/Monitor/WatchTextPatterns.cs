using System.Text.RegularExpressions;

namespace MoneroCloud.Core;

/// <summary>The patterns of addresses outside by which the monitor watches itself; written as those of <see cref="TextPatterns"/>.</summary>
internal static partial class WatchTextPatterns
{
    private const string Host = @"([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])";

    private const string Port = "[1-9][0-9]{0,4}";

    [GeneratedRegex("^(tcp://" + Host + ":" + Port + "|https://" + Host + "(:" + Port + ")?" + @"(/[A-Za-z0-9._~!$&'()*+,;=:%/-]*)?)$")]
    public static partial Regex SelfCheckTarget { get; }
}
