using System.Globalization;
using System.Text;
using MoneroCloud.Functions;
using Xunit;

namespace MoneroCloud.Tests.Alerts;

/// <summary>What every channel promises, tried with its real receiver.</summary>
public abstract class NotifierContract : IAsyncLifetime
{
    private static readonly TimeSpan ShortDeadline = TimeSpan.FromMilliseconds(400);

    /// <summary>Far more than the deadline: the machine may be busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private ChannelUnderTest _channel = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _channel = await OpenAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _channel.DisposeAsync();
    }

    private protected abstract Task<ChannelUnderTest> OpenAsync();

    [Fact]
    public async Task What_is_taken_is_delivered_with_the_receivers_own_word_as_receipt()
    {
        var sent = await SendAsync(ReceiverMood.Takes, SampleNotices.OneDown);

        Assert.Contains(_channel.ReceiptPart, Assert.IsType<Notified.Delivered>(sent).Receipt, StringComparison.Ordinal);
        Assert.Contains(Assert.Single(_channel.Received).Texts, t => t.Contains("host-1.wallet-1 is Down: Exited", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_taken_now_is_deferred_for_as_long_as_is_asked()
    {
        var sent = await SendAsync(ReceiverMood.AsksToWait, SampleNotices.OneDown);

        Assert.Equal(_channel.AskedWait, Assert.IsType<Notified.Deferred>(sent).NotBefore);
    }

    [Fact]
    public async Task What_is_refused_for_good_is_refused() => Assert.IsType<Notified.Refused>(await SendAsync(ReceiverMood.Refuses, SampleNotices.OneDown));

    [Fact]
    public async Task Where_nobody_listens_it_is_deferred_and_says_so() =>
        Assert.Equal(new Notified.Deferred("the connection was refused", null), await _channel.AtAClosedPort().SendAsync(SampleNotices.OneDown, Cancellation));

    [Fact]
    public async Task A_connection_that_ends_after_the_message_and_before_the_answer_defers_it()
    {
        var sent = await SendAsync(ReceiverMood.EndsWithoutAnswer, SampleNotices.OneDown);

        Assert.IsType<Notified.Deferred>(sent);
        Assert.Single(_channel.Received);
    }

    [Fact]
    public async Task A_receiver_that_keeps_silent_is_left_at_the_deadline()
    {
        _channel.Be(ReceiverMood.KeepsSilent);
        var begun = TimeProvider.System.GetTimestamp();

        var sent = await _channel.New(ShortDeadline).SendAsync(SampleNotices.OneDown, Cancellation);

        Assert.Equal(new Notified.Deferred("no answer within 0.4 s", null), sent);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), ShortDeadline - TimeSpan.FromMilliseconds(50), Patience);
    }

    [Fact]
    public async Task Who_gives_up_himself_gets_no_result()
    {
        using var gone = new CancellationTokenSource(ShortDeadline, TimeProvider.System);
        _channel.Be(ReceiverMood.KeepsSilent);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _channel.New().SendAsync(SampleNotices.OneDown, gone.Token));
    }

    [Fact]
    public async Task No_result_holds_a_secret_though_the_receiver_repeats_it()
    {
        var results = new List<string>();
        foreach (var mood in Enum.GetValues<ReceiverMood>().Except([ReceiverMood.KeepsSilent]))
        {
            results.Add($"{await SendAsync(mood, SampleNotices.OneDown)}");
        }

        results.Add($"{_channel.New()} {await _channel.AtAClosedPort().SendAsync(SampleNotices.OneDown, Cancellation)}");
        Assert.Equal(7, results.Count);
        Assert.NotEmpty(_channel.Secrets);
        Assert.All(_channel.Secrets, secret => Assert.All(results, result => Assert.DoesNotContain(secret, result, StringComparison.OrdinalIgnoreCase)));
        // One was repeated, and would have been seen.
        Assert.Equal(_channel.TellsWhatIsSaid, results.Any(r => r.Contains("***", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Hostile_texts_add_no_header_and_arrive_without_what_moves_a_cursor_or_turns_text_around()
    {
        await SendAsync(ReceiverMood.Takes, SampleNotices.OneDown);
        await SendAsync(ReceiverMood.Takes, SampleNotices.Hostile(1));

        var (good, hostile) = (_channel.Received[0], _channel.Received[1]);
        Assert.Equal(good.HeaderNames.Order(StringComparer.Ordinal), hostile.HeaderNames.Order(StringComparer.Ordinal));
        Assert.Contains(hostile.Texts, t => t.Contains("😀é漢", StringComparison.Ordinal));
        Assert.Contains(hostile.Texts, t => t.Contains("X-Injected: yes", StringComparison.Ordinal)); // As text, in one line with the rest.
        Assert.All(hostile.Texts, text => Assert.DoesNotContain(text.EnumerateRunes(), IsHarmful));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task As_many_alerts_as_can_be_are_one_bounded_message_with_the_count_of_the_rest(bool hostile)
    {
        Assert.IsType<Notified.Delivered>(await SendAsync(ReceiverMood.Takes, hostile ? SampleNotices.Hostile(500) : SampleNotices.Many(500)));

        var message = Assert.Single(_channel.Received);
        Assert.InRange(message.Bytes, 1, _channel.MostBytes);
        Assert.Contains(message.Texts, t => t.Contains("500 nodes are down", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_try_of_a_message_has_its_key_and_no_other_message_has()
    {
        await SendAsync(ReceiverMood.AsksToWait, SampleNotices.OneDown);
        await SendAsync(ReceiverMood.EndsWithoutAnswer, SampleNotices.OneDown);
        await SendAsync(ReceiverMood.Takes, SampleNotices.OneDown);
        await SendAsync(ReceiverMood.Takes, SampleNotices.Recovered);

        var keys = _channel.Received.Select(r => r.Keys).ToArray();
        Assert.Equal(4, keys.Length);
        Assert.NotEmpty(keys[0]);
        Assert.All(keys[..3], k => Assert.Equal(keys[0], k));
        Assert.Empty(keys[0].Intersect(keys[3]));
    }

    private Task<Notified> SendAsync(ReceiverMood mood, Notice notice)
    {
        _channel.Be(mood);
        return _channel.New().SendAsync(notice, Cancellation);
    }

    /// <summary>Line ends are the message's own.</summary>
    private static bool IsHarmful(Rune rune) =>
        rune.Value is not ('\n' or '\r') && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
