using System.Runtime.InteropServices;

namespace MoneroCloud.Functions;

/// <summary>SIGTERM and SIGINT, caught instead of ending the process: the first asks for the stop, a second one for it at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int Interrupt = 2;

    private const int Terminate = 15;

    private readonly TaskCompletionSource<int> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _second = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Take(signal, Terminate)),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Take(signal, Interrupt)),
    ];

    /// <summary>The number of the first signal, once it came.</summary>
    public Task<int> First => _first.Task;

    public CancellationToken Second => _second.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _second.Dispose();
    }

    private void Take(PosixSignalContext signal, int number)
    {
        signal.Cancel = true;
        if (!_first.TrySetResult(number))
        {
            _second.Cancel();
        }
    }
}
