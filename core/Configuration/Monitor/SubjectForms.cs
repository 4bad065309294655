namespace MoneroCloud.Core;

/// <summary>What alerts are about.</summary>
[Flags]
internal enum SubjectForms
{
    None = 0,
    Nodes = 1,
    Agents = 2,
    Monitor = 4,
    All = Nodes | Agents | Monitor,
}
