namespace MoneroCloud.Core;

/// <summary>One option of a policy record.</summary>
/// <param name="Apply">The policy with the option's value taken from the file; unchanged when it is not there.</param>
internal sealed record PolicyOption<T>(Setting Setting, Func<ConfigSection, T, T> Apply);
