namespace MoneroCloud.Functions;

/// <summary>The addresses of the pages, and which of them somebody may be led to.</summary>
internal static class Places
{
    public const string Home = "/dashboard";
    public const string Nodes = Home + "/nodes";
    public const string Incidents = Home + "/incidents";
    public const string Agents = Home + "/agents";
    public const string Deliveries = Home + "/deliveries";
    public const string Silences = Home + "/silences";
    public const string Audit = Home + "/audit";
    public const string Orders = Home + "/orders";
    public const string Continue = Home + "/continue";
    public const string Login = Home + "/login";
    public const string Logout = Home + "/logout";
    public const string Assets = Home + "/assets";

    private const int Longest = 1_000;

    private static readonly string[] Led = [Nodes, Incidents, Agents, Deliveries, Silences, Audit, Orders];

    public static string Node(string id) => $"{Nodes}/{Uri.EscapeDataString(id)}";

    public static string Incident(string id) => $"{Incidents}/{Uri.EscapeDataString(id)}";

    public static string Agent(string name) => $"{Agents}/{Uri.EscapeDataString(name)}";

    public static string Order(string id) => $"{Orders}/{Uri.EscapeDataString(id)}";

    /// <summary>The page of whom something is about; null where it has none.</summary>
    public static string? Subject(string subject) =>
        Core.NodeId.TryParse(subject, out _) ? Node(subject) : subject != Core.NodeId.Monitor && Core.NodeName.TryParse(subject, out _) ? Agent(subject) : null;

    /// <summary>One of our own pages with its query, whatever somebody else has put into a form or an address; else <see cref="Home"/>.</summary>
    public static string Own(string? wanted)
    {
        if (wanted is null || wanted.Length > Longest || !wanted.All(IsPlain) || wanted.Contains("..", StringComparison.Ordinal) || wanted.Contains("//", StringComparison.Ordinal))
        {
            return Home;
        }

        var path = wanted.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 ? wanted[..query] : wanted;
        return Led.Any(p => path == p || path.StartsWith(p + "/", StringComparison.Ordinal)) ? wanted : Home;
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '~' or '?' or '&' or '=' or '%' or '+' or ':' or ',' or '*';
}
