namespace MoneroCloud.Functions;

/// <summary>How long one invocation may take.</summary>
/// <param name="Timer">Less than the host's functionTimeout, so that a late one fails alone.</param>
/// <param name="Bus">Less than the lock of a message.</param>
/// <param name="Grace">What a trigger gets after its deadline to end by itself, before it is answered for.</param>
internal sealed record InvocationLimits(TimeSpan Timer, TimeSpan Bus, TimeSpan Grace)
{
    public static InvocationLimits Of(TimeSpan functionTimeout) =>
        new(functionTimeout - TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(5));

    public TimeSpan For(TriggerBinding binding) => binding is TriggerBinding.Bus ? Bus : Timer;
}
