namespace CustomerService.Gateway.Sockets;

/// <summary>Something that is done whenever it is asked for, one run after another. Between runs nothing waits for the next, so it costs next to no memory.</summary>
/// <param name="run">Looks for all that there is to do. It must not fail.</param>
internal sealed class Errand(Func<CancellationToken, Task> run)
{
    private readonly Lock _lock = new();
    private bool _isAsked;
    private bool _isOver;
    private Running? _running;

    /// <summary>Asks for a run that begins after now.</summary>
    public void Ask()
    {
        lock (_lock)
        {
            if (_isOver)
                return;
            _isAsked = true;
            if (_running is not null)
                return;
            var running = _running = new Running();
            running.Task = Task.Run(() => RunAsync(running.Ending.Token));
        }
    }

    /// <summary>No more runs; ends when the one under way has, which is told to.</summary>
    public async Task EndAsync()
    {
        Running? last;
        lock (_lock)
        {
            _isOver = true;
            last = _running;
        }

        if (last is null)
            return;
        await last.Ending.CancelAsync();
        await last.Task;
    }

    private async Task RunAsync(CancellationToken ending)
    {
        while (IsAsked())
            await run(ending);
    }

    private bool IsAsked()
    {
        lock (_lock)
        {
            var asked = _isAsked && !_isOver;
            _isAsked = false;
            if (!asked)
                _running = null;
            return asked;
        }
    }

    private sealed class Running
    {
        /// <summary>Without a timer, so there is nothing to dispose of.</summary>
        public CancellationTokenSource Ending { get; } = new();

        public Task Task { get; set; } = Task.CompletedTask;
    }
}
