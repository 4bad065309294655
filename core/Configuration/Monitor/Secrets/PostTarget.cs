namespace MoneroCloud.Core;

/// <summary>Where something is posted to. Its text never shows the address, which may have a secret in it all the same.</summary>
internal abstract record PostTarget
{
    private PostTarget()
    {
    }

    public static ValueShape.Text Shape { get; } = new(
        $"an http or https address, or {AlertSecretName.Variable}{AlertSecretName.Prefix}NAME, a variable that holds it",
        MonitorTextPatterns.PostTarget);

    /// <summary>Null when it is missing or wrong, which is reported.</summary>
    public static PostTarget? Read(ConfigSection section, Setting setting)
    {
        if (section.Text(setting) is not { } text)
        {
            return null;
        }

        if (AlertSecretName.TryParse(text, out var name))
        {
            return new Secret(name);
        }

        if (PostAddress.Problem(text) is { } problem)
        {
            section.RefuseUnshown(setting, problem);
            return null;
        }

        var address = new Uri(text);
        if (!PostAddress.IsSafe(address))
        {
            section.Warn(setting, "is http and no address of this machine: what is told goes in clear");
        }

        return new Plain(address);
    }

    /// <summary>An address that anybody may know.</summary>
    public sealed record Plain(Uri Address) : PostTarget
    {
        public override string ToString() => "an address that is not shown";
    }

    /// <summary>One that is a secret itself, or has one in it.</summary>
    public sealed record Secret(AlertSecretName Name) : PostTarget;
}
