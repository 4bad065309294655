using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>How a call of the monitor's API ended. Every failure is a case.</summary>
public abstract record MonitorReply<T>
    where T : class
{
    private MonitorReply()
    {
    }

    /// <summary>The monitor answered.</summary>
    public sealed record Got(T Value) : MonitorReply<T>;

    /// <summary>The monitor answered that it does not do it. Nothing was done.</summary>
    /// <param name="Status">
    /// Of HTTP: 400 wrong parameters, 401 no good key, 403 the key's role does not allow it, 404 unknown, 409 ambiguous or in the way of
    /// another, 429 too often, 503 it cannot now.
    /// </param>
    /// <param name="Title">The kind of refusal.</param>
    /// <param name="Detail">This one, for the reader; printable, without the key.</param>
    public sealed record Refused(int Status, string Title, string Detail) : MonitorReply<T>
    {
        /// <summary>Of a name that several nodes have: their ids.</summary>
        public ImmutableArray<string> Candidates { get; init; } = [];

        /// <summary>As one sentence.</summary>
        public string Text => Detail.Length > 0 && Detail != Title ? $"{Title}: {Detail}" : Title;
    }

    /// <summary>No answer of a monitor came. Whether an order was taken is not known, unless it was never sent.</summary>
    /// <param name="Reason">As the rest of a sentence that begins with the monitor; printable, without the key.</param>
    public sealed record NoAnswer(string Reason) : MonitorReply<T>;

    /// <summary>The same failure, of a call that would have answered something else.</summary>
    /// <exception cref="InvalidOperationException">It is no failure.</exception>
    internal MonitorReply<TOther> As<TOther>()
        where TOther : class => this switch
        {
            Refused refused => new MonitorReply<TOther>.Refused(refused.Status, refused.Title, refused.Detail) { Candidates = refused.Candidates },
            NoAnswer none => new MonitorReply<TOther>.NoAnswer(none.Reason),
            _ => throw new InvalidOperationException("this call did not fail"),
        };
}
