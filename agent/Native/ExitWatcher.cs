using System.Collections.Concurrent;
using System.ComponentModel;

namespace MoneroCloud.Agent;

/// <summary>
/// Tells of exits as soon as the kernel does. One thread waits in epoll for all watched processes and runs the callbacks
/// itself, one after another: nothing is queued, no pool thread is awaited. A callback may reap, append to the journal and
/// spawn right there; what takes longer than a few milliseconds belongs elsewhere, since it delays the next exit.
/// </summary>
internal sealed unsafe class ExitWatcher : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Remove = 2;
    private const uint In = 0x001;
    private const uint OneShot = 1u << 30;
    private const int Batch = 64;
    private const long StopToken = 0;

    private readonly ConcurrentDictionary<long, Watched> _watched = new();
    private readonly ConcurrentDictionary<ProcessHandle, long> _tokens = new();
    private readonly Action<Exception> _onBug;
    private readonly int _epoll;
    private readonly int _stop;
    private readonly Thread _thread;
    private long _lastToken = StopToken;
    private volatile bool _stopping;

    /// <param name="onBug">Told what a callback threw; the watcher goes on.</param>
    /// <exception cref="Win32Exception">No descriptors are left.</exception>
    internal ExitWatcher(Action<Exception> onBug)
    {
        _onBug = onBug;
        _epoll = Require(LibC.EpollCreate(CloseOnExec));
        _stop = Require(LibC.EventFd(0, CloseOnExec));
        Require(Control(Add, _stop, In, StopToken));
        _thread = new Thread(Run) { IsBackground = true, Name = "exit-watcher" };
        _thread.Start();
    }

    /// <summary>
    /// Calls <paramref name="onExit"/> once, on the watcher's thread, when the process has ended (at once if it has already);
    /// it is not reaped then. The handle stays open until the callback was made or <see cref="Unwatch"/>.
    /// A handle is watched at most once at a time.
    /// </summary>
    /// <exception cref="Win32Exception">The kernel refused (fs.epoll.max_user_watches).</exception>
    internal void Watch(ProcessHandle process, Action onExit)
    {
        var token = Interlocked.Increment(ref _lastToken);
        if (!_tokens.TryAdd(process, token))
        {
            throw new InvalidOperationException($"pid {process.Pid} is watched already");
        }

        var held = false;
        process.DangerousAddRef(ref held);
        _watched[token] = new Watched(process, onExit);
        if (Control(Add, process.Fd, In | OneShot, token) != 0)
        {
            var error = Errno.Last;
            Take(token);
            throw new Win32Exception(error.Number);
        }
    }

    /// <summary>Ends a watch. False when the callback was made already, or is being made now.</summary>
    internal bool Unwatch(ProcessHandle process) => _tokens.TryGetValue(process, out var token) && Take(token) is not null;

    /// <summary>Ends the thread, after the callback that may be running. No callback is made afterwards.</summary>
    public void Dispose()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        long one = 1;
        _ = LibC.Write(_stop, (byte*)&one, sizeof(long));
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }

        foreach (var token in _watched.Keys)
        {
            Take(token);
        }

        _ = LibC.Close(_epoll);
        _ = LibC.Close(_stop);
    }

    private void Run()
    {
        var events = stackalloc byte[Batch * EpollEvents.MaxSize];
        while (!_stopping)
        {
            var count = LibC.EpollWait(_epoll, events, Batch, -1);
            if (count < 0 && Errno.Last != Errno.Interrupted)
            {
                _onBug(new Win32Exception(Errno.Last.Number));
                return;
            }

            for (var i = 0; i < count && !_stopping; i++)
            {
                Tell(EpollEvents.Data(events, i));
            }
        }
    }

    private void Tell(long token)
    {
        if (Take(token) is not { } watched)
        {
            return;
        }

        try
        {
            watched.OnExit();
        }
        catch (Exception bug)
        {
            _onBug(bug);
        }
    }

    /// <summary>Whoever takes a watch out owns it: the callback or the unwatch, never both.</summary>
    private Watched? Take(long token)
    {
        if (!_watched.TryRemove(token, out var watched))
        {
            return null;
        }

        _tokens.TryRemove(watched.Process, out _);
        _ = Control(Remove, watched.Process.Fd, 0, token);
        watched.Process.DangerousRelease();
        return watched;
    }

    private int Control(int operation, int fd, uint events, long token)
    {
        var epollEvent = stackalloc byte[EpollEvents.MaxSize];
        EpollEvents.Set(epollEvent, events, token);
        return LibC.EpollControl(_epoll, operation, fd, epollEvent);
    }

    private static int Require(int result) => result >= 0 ? result : throw new Win32Exception(Errno.Last.Number);

    private sealed record Watched(ProcessHandle Process, Action OnExit);
}
