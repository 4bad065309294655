using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>The channel kind <c>smtp</c>: one mail to all recipients over a connection of its own. The receipt is what the server said to it.</summary>
internal sealed class SmtpNotifier : INotifier
{
    private static readonly TimeSpan GoodbyeWithin = TimeSpan.FromSeconds(2);

    private readonly SmtpChannel _channel;
    private readonly TimeProvider _time;
    private readonly TimeSpan _deadline;
    private readonly (string User, string Password)? _login;
    private readonly Redaction _redaction;

    /// <param name="deadline">Of one try; null: <see cref="SendLimit.Default"/>.</param>
    public SmtpNotifier(SmtpChannel channel, AlertSecrets secrets, TimeProvider time, TimeSpan? deadline = null)
    {
        (_channel, _time, _deadline) = (channel, time, deadline ?? SendLimit.Default);
        _login = channel.Login is { } name && secrets.Reveal(name).Split(':', 2) is [var user, var password] ? (user, password) : null;
        _redaction = _login is { } login ? Redaction.Login(login.User, login.Password) : Redaction.Nothing;
    }

    public string Channel => _channel.Name;

    public async Task<Notified> SendAsync(Notice notice, CancellationToken cancellation)
    {
        using var mail = SmtpMail.Of(notice, _channel);
        using var limit = new SendLimit(_deadline, _time, cancellation);
        using var session = new SmtpSession(_channel);
        try
        {
            await session.ConnectAsync(_channel.Host, _channel.Port, SmtpSession.OptionsOf(_channel.Security), limit.Token);
            if (_login is { } login)
            {
                await session.AuthenticateAsync(login.User, login.Password, limit.Token);
            }

            var taken = SmtpOutcome.Taken(await session.SendAsync(mail, limit.Token), session.Refusals, _channel.To.Length, _redaction);
            await SayGoodbyeAsync(session, cancellation);
            return taken;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SendLimit.Exceeded(_deadline);
        }
        catch (Exception failure) when ((SmtpOutcome.Of(session.Refusals, _channel.To.Length, _redaction) ?? SmtpOutcome.Of(failure, _redaction)) is { } outcome)
        {
            return outcome;
        }
    }

    /// <summary>The mail has been taken: how the session ends changes nothing.</summary>
    private async Task SayGoodbyeAsync(SmtpSession session, CancellationToken cancellation)
    {
        using var limit = new SendLimit(GoodbyeWithin, _time, cancellation);
        try
        {
            await session.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException || SmtpOutcome.Of(e, Redaction.Nothing) is not null)
        {
            // It is gone already, or keeps silent.
        }
    }
}
