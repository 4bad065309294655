namespace MoneroCloud.Core;

/// <summary>Where a channel posts to.</summary>
internal abstract record PostTarget
{
    private PostTarget()
    {
    }

    /// <summary>An address that anybody may know.</summary>
    public sealed record Plain(Uri Address) : PostTarget;

    /// <summary>One that is a secret itself, or has one in it.</summary>
    public sealed record Secret(AlertSecretName Name) : PostTarget;
}
