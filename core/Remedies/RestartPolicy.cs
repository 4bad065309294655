namespace MoneroCloud.Core;

/// <summary>What the monitor restarts by itself, and how much of the fleet at most.</summary>
internal sealed record RestartPolicy
{
    public static RestartPolicy Default { get; } = new();

    /// <summary>False: nothing is ordered automatically, and nobody but an operator restarts what is frozen, blocked or hung.</summary>
    public bool Automatic { get; init; } = true;

    /// <summary>Of all nodes, restarted by automatic order within <see cref="Window"/>; at least one.</summary>
    public double Share { get; init; } = 0.1;

    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// After the end of one automatic restart, before the next of the same node; doubled with each in a row. Longer than <see cref="Window"/>, so that
    /// those that wait for a slot come before those that had one.
    /// </summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan BackOffMax { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Between one and the next: longer ago than this, and a restart is the first in a row again.</summary>
    public TimeSpan ResetAfter => BackOffMax * 2;

    /// <summary>How many may be restarted within <see cref="Window"/>.</summary>
    /// <param name="nodes">In the fleet.</param>
    public int Allowed(int nodes) => Math.Clamp((int)(nodes * Share), 1, RestartBudget.MostSlots);

    /// <param name="tries">Restarts in a row, at least 1.</param>
    public TimeSpan BackOffAfter(int tries) => TimeSpan.FromTicks(Math.Min(BackOffMax.Ticks, BackOff.Ticks << Math.Clamp(tries - 1, 0, 20)));
}
