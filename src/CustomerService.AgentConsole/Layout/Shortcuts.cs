namespace CustomerService.AgentConsole.Layout;

/// <summary>Keys pressed outside of fields, for whichever page wants them; <see cref="KeyList"/> has all of them.</summary>
internal sealed class Shortcuts
{
    /// <summary>A key, as browsers name it, such as <c>j</c> or <c>?</c>.</summary>
    public event Action<string>? Pressed;

    public void Press(string key)
    {
        if (KeyList.IsForPages(key))
            Pressed?.Invoke(key);
    }
}
