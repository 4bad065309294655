using System.Globalization;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>Which nodes a list shows, and how: all of it stands in the page's address, so that it can be kept and sent, and works without a script.</summary>
public sealed record NodesQuery
{
    private const int LongestText = 100;
    private const int LastPage = 10_000;

    /// <summary>In a node's id, message, condition or labels, in capitals or not; null for all.</summary>
    public string? Search { get; init; }

    public string? Agent { get; init; }

    public HealthState? State { get; init; }

    public Condition? Condition { get; init; }

    /// <summary><c>key=value</c>, or a key alone.</summary>
    public string? Label { get; init; }

    public NodeColumn Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>50 or 100.</summary>
    public int Size { get; init; } = 50;

    public bool IsFiltered => Search is not null || Agent is not null || State is not null || Condition is not null || Label is not null;

    /// <param name="problem">Names the parameter, its value and what is allowed; null when all is well. What is empty counts as not given, as forms have it.</param>
    public static NodesQuery Read(IQueryCollection query, out string? problem)
    {
        var wrong = new List<string>();
        var read = new NodesQuery
        {
            Search = Text(query, "q", wrong),
            Agent = Text(query, "agent", wrong),
            State = Choice<HealthState>(query, "state", wrong),
            Condition = Choice<Condition>(query, "condition", wrong),
            Label = Text(query, "label", wrong),
            Sort = Choice<NodeColumn>(query, "sort", wrong) ?? NodeColumn.State,
            Descending = Text(query, "dir", wrong) is "desc",
            Page = Number(query, "page", 1, LastPage, 1, wrong),
            Size = Number(query, "size", 50, 100, 50, wrong) > 50 ? 100 : 50,
        };
        problem = wrong.FirstOrDefault();
        return read;
    }

    public bool Takes(NodeView node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return (Agent is null || node.Agent == Agent)
            && (State is null || node.State == State)
            && (Condition is null || node.Condition == Condition)
            && (Label is null || HasLabel(node, Label))
            && (Search is null || Finds(node, Search));
    }

    /// <summary>The address of the same list with something changed; a change of what is shown begins at the first page again.</summary>
    public string Address()
    {
        var text = new StringBuilder(Places.Nodes);
        var mark = '?';
        foreach (var (name, value) in Parts().Where(p => p.Value is not null))
        {
            text.Append(mark).Append(name).Append('=').Append(Uri.EscapeDataString(value!));
            mark = '&';
        }

        return text.ToString();
    }

    /// <summary>By that column; in the other direction where it is by it already.</summary>
    public NodesQuery SortedBy(NodeColumn column) => this with { Sort = column, Descending = Sort == column && !Descending, Page = 1 };

    private IEnumerable<(string Name, string? Value)> Parts()
    {
        yield return ("q", Search);
        yield return ("agent", Agent);
        yield return ("state", State?.ToString());
        yield return ("condition", Condition?.ToString());
        yield return ("label", Label);
        yield return ("sort", Sort == NodeColumn.State ? null : Sort.ToString());
        yield return ("dir", Descending ? "desc" : null);
        yield return ("page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture));
        yield return ("size", Size == 50 ? null : Size.ToString(CultureInfo.InvariantCulture));
    }

    private static bool HasLabel(NodeView node, string label) => label.IndexOf('=', StringComparison.Ordinal) is var at and > 0
        ? node.Labels is { } labels && labels.TryGetValue(label[..at], out var value) && value == label[(at + 1)..]
        : node.Labels?.ContainsKey(label) == true;

    private static bool Finds(NodeView node, string text) =>
        Has(node.Id, text) || Has(node.Message, text) || Has(node.Condition.ToString(), text)
        || node.Labels?.Any(l => Has(l.Key, text) || Has(l.Value, text)) == true;

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string? Text(IQueryCollection query, string name, List<string> wrong)
    {
        var text = query[name].ToString().Trim();
        if (text.Length > LongestText)
        {
            wrong.Add($"{name} has {text.Length} characters: {LongestText} at most");
            return null;
        }

        return text.Length == 0 ? null : text;
    }

    private static int Number(IQueryCollection query, string name, int least, int most, int otherwise, List<string> wrong)
    {
        if (Text(query, name, wrong) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        wrong.Add($"{name} is {ApiQuery.Short(text)}: a number from {least} to {most}");
        return otherwise;
    }

    private static T? Choice<T>(IQueryCollection query, string name, List<string> wrong)
        where T : struct, Enum
    {
        if (Text(query, name, wrong) is not { } text)
        {
            return null;
        }

        if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return Enum.Parse<T>(found);
        }

        wrong.Add($"{name} is {ApiQuery.Short(text)}: one of {string.Join(", ", Enum.GetNames<T>())}");
        return null;
    }
}
