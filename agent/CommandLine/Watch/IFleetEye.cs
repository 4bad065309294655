namespace MoneroCloud.Agent;

/// <summary>Where <c>watch</c> looks: the agent of this machine, or a monitor.</summary>
internal interface IFleetEye
{
    /// <summary>Never throws for what it finds; a trouble is told in the look.</summary>
    Task<FleetLook> LookAsync(CancellationToken cancellation);
}
