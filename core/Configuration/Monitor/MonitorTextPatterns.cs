using System.Text.RegularExpressions;

namespace MoneroCloud.Core;

/// <summary>The patterns of texts that only monitor.json has; written as those of <see cref="TextPatterns"/>.</summary>
internal static partial class MonitorTextPatterns
{
    private const string Name = "[a-z0-9][a-z0-9-]{0,38}";

    private const string Host = @"([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])";

    private const string Port = "[1-9][0-9]{0,4}";

    private const string Atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";

    private const string DomainLabel = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    private const string Posted = "https?://" + Host + "(:" + Port + @")?(/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?";

    private const string Alert = "env:ALERT_[A-Z0-9_]{1,100}";

    [GeneratedRegex(@"^remote\." + Name + "$")]
    public static partial Regex RemoteNode { get; }

    [GeneratedRegex(@"^(?!remote\.|monitor\.)" + Name + @"\." + Name + "$")]
    public static partial Regex AgentNode { get; }

    /// <summary>A missing brace further down is no reason not to find the folder.</summary>
    [GeneratedRegex(@"(?:^|[{,])\s*""data""\s*:\s*""([^""\\]*)""", RegexOptions.Multiline)]
    public static partial Regex DataInBrokenJson { get; }

    [GeneratedRegex("^https?://" + Host + "(:" + Port + ")?/?$")]
    public static partial Regex ProbeUrl { get; }

    [GeneratedRegex("^https?://" + Host + "(:" + Port + @")?(/[A-Za-z0-9._~!$&'()*+,;=:%/-]*)?$")]
    public static partial Regex PublicUrl { get; }

    [GeneratedRegex("^amqps?://" + Host + "(:" + Port + ")?/?$")]
    public static partial Regex BusUrl { get; }

    [GeneratedRegex(@"^([0-9]{1,3}(\.[0-9]{1,3}){3}|\[[0-9A-Fa-f:.]{2,45}\]):" + Port + "$")]
    public static partial Regex Listen { get; }

    /// <summary>A dot-atom and a host's name: what every mail server takes. No quotes, no comments, nothing that could end a header.</summary>
    [GeneratedRegex("^(?=[^@]{1,64}@)" + Atom + @"(\." + Atom + ")*@" + DomainLabel + @"(\." + DomainLabel + ")*$")]
    public static partial Regex MailAddress { get; }

    [GeneratedRegex("^" + Host + "$")]
    public static partial Regex HostName { get; }

    [GeneratedRegex("^(" + Posted + "|" + Alert + ")$")]
    public static partial Regex PostTarget { get; }

    [GeneratedRegex("^" + Alert + "$")]
    public static partial Regex AlertSecret { get; }

    [GeneratedRegex(@"^https://[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9-]{1,40}){0,2}\.communication\.azure\.com/?$")]
    public static partial Regex AzureMailEndpoint { get; }

    [GeneratedRegex("^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")]
    public static partial Regex Guid { get; }

    [GeneratedRegex("^NODE_LOGIN_[A-Z0-9_]{1,100}$")]
    public static partial Regex LoginSecret { get; }
}
