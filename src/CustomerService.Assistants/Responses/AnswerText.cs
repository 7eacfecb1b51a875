using System.Collections.Immutable;

namespace CustomerService.Assistants.Responses;

/// <summary>An answer under construction: paragraphs, and for each what it rests on.</summary>
internal sealed class AnswerText(AnswerPhrases phrases)
{
    private readonly List<string> _paragraphs = [];
    private readonly List<string> _grounds = [];
    private readonly List<string> _sources = [];

    /// <summary>How many paragraphs there are.</summary>
    public int Length => _paragraphs.Count;

    /// <summary>Adds one of the owner's texts.</summary>
    public AnswerText Say(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var template = phrases[key];
        _paragraphs.Add(template.Render(values));
        _grounds.Add(template.FixedText);
        AddSource("text:" + key);
        return this;
    }

    /// <summary>Adds the owner's text if there is one.</summary>
    public AnswerText SayIfThere(string key)
    {
        if (phrases.Has(key))
            Say(key);
        return this;
    }

    /// <summary>Adds a text taken from a source.</summary>
    public AnswerText Quote(string text)
    {
        _paragraphs.Add(text);
        return this;
    }

    /// <summary>Names a source and what it says.</summary>
    public AnswerText RestOn(string source, params ReadOnlySpan<string> says)
    {
        AddSource(source);
        _grounds.AddRange(says);
        return this;
    }

    public AnswerText Greet(AnswerRequest request)
    {
        if (request is { Greet: true, Name: { } name })
        {
            Say(request.Tone switch { Tones.Formal => AnswerKeys.GreetingFormal, Tones.Casual => AnswerKeys.GreetingCasual, _ => AnswerKeys.GreetingNeutral }, ("name", name));
            _grounds.Add(name);
        }

        if (request.Tone == Tones.Empathetic)
            Say(AnswerKeys.Empathy);
        return this;
    }

    public ComposedAnswer Build(string intent, string note) =>
        new(string.Join("\n\n", _paragraphs), phrases.List(AnswerKeys.ActionsOf(intent)), [.. _sources], [.. _grounds], [intent]) { Note = note };

    private void AddSource(string source)
    {
        if (!_sources.Contains(source))
            _sources.Add(source);
    }
}
