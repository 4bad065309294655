using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What becomes of one alert when it is due.</summary>
internal abstract record Routed
{
    private Routed()
    {
    }

    /// <param name="Channels">At least one.</param>
    public sealed record To(ImmutableArray<string> Channels) : Routed;

    /// <summary>It is kept and shown, and not sent.</summary>
    /// <param name="By">What hides it.</param>
    /// <param name="Hold">What hides its incident from here on; null when only this alert is not told.</param>
    public sealed record Hidden(string By, Hold? Hold) : Routed;

    /// <summary>It is looked at again then.</summary>
    public sealed record Later(DateTimeOffset At) : Routed;
}
