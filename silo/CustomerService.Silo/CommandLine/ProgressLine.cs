namespace CustomerService.Silo.CommandLine;

/// <summary>How far long work is: one line on standard error, written over and over. Silent where nobody watches.</summary>
internal sealed class ProgressLine(string what)
{
    private readonly bool _shown = !Console.IsErrorRedirected;
    private readonly Lock _lock = new();
    private int _length;

    public IProgress<T> Of<T>(Func<T, string> text) => new Direct<T>(value => Show(text(value)));

    public void Show(string text)
    {
        if (!_shown)
            return;
        lock (_lock)
        {
            var line = $"{what} {text}";
            Console.Error.Write('\r' + line.PadRight(_length));
            _length = line.Length;
        }
    }

    public void End()
    {
        if (_shown && _length > 0)
            Console.Error.Write('\r' + new string(' ', _length) + '\r');
    }

    /// <summary>Reports in order and at once, which <see cref="Progress{T}"/> does not.</summary>
    private sealed class Direct<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
