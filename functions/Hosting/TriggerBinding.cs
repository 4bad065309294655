namespace MoneroCloud.Functions;

/// <summary>What calls a function, as its function.json declares it. There are no others in this program.</summary>
internal abstract record TriggerBinding
{
    private TriggerBinding()
    {
    }

    /// <param name="Parameter">The binding's name: the member of the payload's <c>Data</c>.</param>
    /// <param name="Schedule">NCRONTAB with six fields, any <c>%NAME%</c> resolved.</param>
    public sealed record Timer(string Parameter, string Schedule) : TriggerBinding;

    /// <summary>A queue of the bus, its message bodies as bytes.</summary>
    public sealed record Bus(string Parameter, string Queue) : TriggerBinding;

    /// <summary>Requests of clients below a route with a first segment of its own; never called through <see cref="TriggerTable"/>.</summary>
    public sealed record Http(string Route) : TriggerBinding;
}
