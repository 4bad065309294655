namespace MoneroCloud.Core;

/// <summary>Where tokens for the bus come from: made from a key here, or asked for where an identity is known.</summary>
public interface IBusTokenSource
{
    /// <summary>A failure is a value.</summary>
    /// <param name="audience">The queue, as <c>sb://HOST/QUEUE</c>.</param>
    /// <param name="cancellation">The caller's.</param>
    /// <exception cref="OperationCanceledException">The caller's token, nothing else.</exception>
    Task<BusTokenAnswer> GetAsync(string audience, CancellationToken cancellation);
}
