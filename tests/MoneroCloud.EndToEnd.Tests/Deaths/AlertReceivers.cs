using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using MoneroCloud.Testing;

namespace MoneroCloud.EndToEnd.Tests;

/// <summary>
/// A mail server behind a front and a receiver of webhooks, which refuse, throttle, reset and fall silent at random, call for the sender's death where
/// they are told to, and keep the key of every message they took.
/// </summary>
internal sealed partial class AlertReceivers : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _webhooks = [];
    private readonly Random _random;
    private readonly double _faulty;
    private readonly RealSmtpServer _mails;
    private readonly SmtpFront _front;
    private readonly AlertReceiver _webhook;
    private AlertDeath? _death;
    private Action _kill = () => { };
    private int _faults;
    private int _unanswered;

    private AlertReceivers(int seed, double faulty, RealSmtpServer mails, AlertReceiver webhook)
    {
        (_random, _faulty, _mails, _webhook) = (new Random(seed), faulty, mails, webhook);
        _front = SmtpFront.Start(mails.Port, step => ValueTask.FromResult(Mail(step)));
        webhook.Decide = post => ValueTask.FromResult<PostAnswer?>(Webhook(post));
    }

    public int MailPort => _front.Port;

    public Uri WebhookAddress => _webhook.Address;

    /// <summary>False: from now on they take everything.</summary>
    public bool IsFaulty { get; set; } = true;

    public int Faults => _faults;

    public int Unanswered => _unanswered;

    /// <summary>The key of each message that was taken, as often as it was.</summary>
    public List<string> Taken => [.. _mails.Mails.Select(m => KeyHeader().Match(m.Mail).Groups[1].Value), .. _webhooks];

    /// <param name="faulty">How many steps go wrong, 0 to 1.</param>
    public static async Task<AlertReceivers> StartAsync(int seed, double faulty) => new(seed, faulty, await RealSmtpServer.StartAsync(), await AlertReceiver.StartAsync());

    /// <summary>The next life ends there.</summary>
    public void Expect(AlertDeath death, Action kill) => (_kill, _death) = (kill, death);

    public async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        await _webhook.DisposeAsync();
        await _mails.DisposeAsync();
    }

    private SmtpAct Mail(SmtpStep step)
    {
        if (_death is AlertDeath.InMail death && death.Step == step)
        {
            Kill();
            return SmtpAct.Drop;
        }

        if (step == SmtpStep.Answered || !IsAFault())
        {
            return SmtpAct.Pass;
        }

        if (step == SmtpStep.Taken)
        {
            Interlocked.Increment(ref _unanswered);
            return SmtpAct.Drop;
        }

        return Chance(6) switch
        {
            0 => new SmtpAct.Say("421 4.3.2 not now"),
            1 when step is SmtpStep.Data or SmtpStep.Dot => new SmtpAct.Say("451 4.7.1 greylisted"),
            2 when step is SmtpStep.Data or SmtpStep.Dot => new SmtpAct.Say("554 5.7.1 not wanted"),
            _ => SmtpAct.Drop,
        };
    }

    private PostAnswer Webhook(ReceivedPost post)
    {
        var fault = IsAFault() ? Chance(6) : -1;
        PostAnswer? refusal = fault switch
        {
            0 => new PostAnswer.Status(503),
            1 => PostAnswer.RetryAfter("1"),
            2 => new PostAnswer.Status(500),
            3 => new PostAnswer.Status(400),
            _ => null,
        };
        if (refusal is not null)
        {
            return refusal;
        }

        _webhooks.Enqueue(post.Headers["X-MoneroCloud-Key"]);
        if (_death is AlertDeath.InWebhook)
        {
            Kill();
            return new PostAnswer.Reset();
        }

        if (fault < 0)
        {
            return PostAnswer.Accepted;
        }

        Interlocked.Increment(ref _unanswered);
        return new PostAnswer.Reset();
    }

    private void Kill()
    {
        _death = null;
        _kill();
    }

    private bool IsAFault()
    {
        var fault = IsFaulty && Chance(1_000) < _faulty * 1_000;
        if (fault)
        {
            Interlocked.Increment(ref _faults);
        }

        return fault;
    }

    private int Chance(int of)
    {
        lock (_random)
        {
            return _random.Next(of);
        }
    }

    [GeneratedRegex(@"^X-MoneroCloud-Key: (\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex KeyHeader();
}
