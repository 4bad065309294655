using MoneroCloud.Agent;

namespace MoneroCloud.Tests;

/// <summary>Sees one look after the other, and at the end ends the watching.</summary>
internal sealed class ScriptedEye(CancellationTokenSource end, params FleetLook[] looks) : IFleetEye
{
    private int _next;

    public Task<FleetLook> LookAsync(CancellationToken cancellation)
    {
        if (_next < looks.Length)
        {
            return Task.FromResult(looks[_next++]);
        }

        end.Cancel();
        return Task.FromCanceled<FleetLook>(end.Token);
    }
}
