using System.Diagnostics;

namespace MoneroCloud.Functions;

/// <summary>
/// The names of all spans, and how a trace goes on where no call leads: from what caused an alert or an order to what becomes of it, over rows and the bus. Without
/// an exporter nobody listens, and nothing is made or stored.
/// </summary>
internal static class Traces
{
    public const string SourceName = "MoneroCloud.Monitor";

    /// <summary>A trigger, by its name behind it.</summary>
    public const string Invoke = "invoke";

    /// <summary>What stores an alert or an order that is to be sent.</summary>
    public const string Commit = "commit";

    /// <summary>An alert is due: over which channels it goes.</summary>
    public const string Route = "route";

    /// <summary>One message over one channel.</summary>
    public const string Deliver = "deliver";

    /// <summary>An order is put onto the bus.</summary>
    public const string Order = "send order";

    public const string Subject = "monerocloud.subject";
    public const string Alert = "monerocloud.alert";
    public const string Channel = "monerocloud.channel";
    public const string Alerts = "monerocloud.alerts";
    public const string OrderId = "monerocloud.order";
    public const string Result = "monerocloud.result";

    /// <summary>More causes of one message are not linked.</summary>
    public const int MostLinks = 100;

    /// <summary>On an invocation in which something happened: others are not sent.</summary>
    private const string Eventful = "eventful";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>For a row: the span that stores it, as a W3C traceparent; null where nothing is recorded.</summary>
    public static string? Current => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } span ? span.Id : null;

    /// <param name="traceparent">The caller's; null or none that can be read begins a trace.</param>
    public static Activity? Invocation(string trigger, string? traceparent) =>
        Source.StartActivity($"{Invoke} {trigger}", ActivityKind.Consumer, Context(traceparent) ?? default);

    /// <summary>A part of what is under way, in which something happens; null where nothing is recorded.</summary>
    public static Activity? Part(string name)
    {
        Mark();
        return Activity.Current is { Recorded: true } ? Source.StartActivity(name) : null;
    }

    /// <summary>What goes on after a row or a message.</summary>
    /// <param name="cause">As it was stored; null: a part of what is under way.</param>
    /// <param name="others">Causes of the same message that cannot be its parents too.</param>
    public static Activity? After(string? cause, string name, params IEnumerable<string?> others)
    {
        if (Context(cause) is not { } context)
        {
            return Part(name);
        }

        Mark();
        var links = others.Distinct().Where(o => o != cause).Select(Context).OfType<ActivityContext>().Take(MostLinks).Select(o => new ActivityLink(o));
        return Source.StartActivity(name, ActivityKind.Producer, context, links: links);
    }

    /// <summary>Whether a span of <see cref="Invoke"/> is worth a place: most find that nothing has changed.</summary>
    public static bool IsWorthSending(Activity span) =>
        !span.OperationName.StartsWith(Invoke, StringComparison.Ordinal) || span.Status == ActivityStatusCode.Error || span.GetCustomProperty(Eventful) is not null;

    private static ActivityContext? Context(string? traceparent) =>
        traceparent is { Length: 55 } && ActivityContext.TryParse(traceparent, null, isRemote: true, out var context) ? context : null;

    private static void Mark()
    {
        for (var span = Activity.Current; span is not null; span = span.Parent)
        {
            span.SetCustomProperty(Eventful, Eventful);
        }
    }
}
