using System.Collections.Immutable;
using CustomerService.Translation.Masking;
using CustomerService.Translation.Providers;
using CustomerService.Translation.Settings;

namespace CustomerService.Translation;

/// <summary>Asks the services that the settings name, in their order, and passes on only what came back whole.</summary>
internal sealed class Translator : ITranslator, IDisposable
{
    private readonly TranslationFile _file;
    private readonly TranslationProviders _services;
    private readonly TranslationCache _cache = new();
    private volatile Roster _roster;

    public Translator(TranslationFile file, TranslationProviders services)
    {
        (_file, _services) = (file, services);
        _roster = new Roster(file.Current, services.Open(file.Current));
        file.Changed += Reopen;
    }

    public async ValueTask<TranslationOutcome> TranslateAsync(TranslationRequest request, CancellationToken cancellation = default)
    {
        var roster = _roster;
        var pair = new LanguagePair(request.From, request.To);
        if (request.Text.Length > TranslationRequest.MaxText)
            return new TranslationOutcome.NotTranslated($"the text has {request.Text.Length} characters; at most {TranslationRequest.MaxText} are translated");
        if (roster.Services.IsEmpty)
            return new TranslationOutcome.NotTranslated("no translation service is set up");

        var reasons = new List<string>();
        foreach (var service in roster.Services)
        {
            var (text, fault) = await service.WhyNotAsync(pair, cancellation) is { } whyNot
                ? (null, whyNot)
                : await WholeAsync(service, pair, request, roster.Settings, cancellation);
            if (text is not null)
                return new TranslationOutcome.Translated(text, service.Name);
            reasons.Add($"{service.Name}: {fault}");
        }

        return new TranslationOutcome.NotTranslated(string.Join("; ", reasons));
    }

    public void Dispose()
    {
        _file.Changed -= Reopen;
        _roster.Dispose();
    }

    private void Reopen()
    {
        // What is under way with the services as they were ends with them.
        _roster = new Roster(_file.Current, _services.Open(_file.Current));
    }

    /// <summary>The whole text, in parts where it is long.</summary>
    private async ValueTask<(string? Text, string? Fault)> WholeAsync(
        GuardedProvider service, LanguagePair pair, TranslationRequest request, TranslationSettings settings, CancellationToken cancellation)
    {
        var whole = new List<string>();
        foreach (var segment in TextSegments.Of(request.Text, service.MaxCharacters))
        {
            var words = segment.Trim();
            var (text, fault) = await SegmentAsync(service, pair, words, request.Names, settings, cancellation);
            if (text is null)
                return (null, fault);
            var at = segment.IndexOf(words, StringComparison.Ordinal);
            whole.Add(string.Concat(segment.AsSpan(0, at), text, segment.AsSpan(at + words.Length)));
        }

        return (string.Concat(whole), null);
    }

    /// <summary>Several ways to cover what is protected: services differ in what they leave alone.</summary>
    private async ValueTask<(string? Text, string? Fault)> SegmentAsync(
        GuardedProvider service, LanguagePair pair, string text, ImmutableArray<string> names, TranslationSettings settings, CancellationToken cancellation)
    {
        string? problem = "its parts can't be protected";
        string? tried = null;
        foreach (var (form, everyNumber) in service.Forms.SelectMany((form, at) => at == 0 ? new[] { (form, false), (form, true) } : [(form, true)]))
        {
            var parts = ProtectedParts.Find(text, settings.TermsFor(pair), names, everyNumber);
            if (MaskedText.Cover(text, parts, form) is not { } masked || masked.Text == tried)
                continue;
            if (!masked.HasWords)
                return (masked.Uncover(masked.Text, out problem), problem);

            tried = masked.Text;
            var key = TranslationCache.KeyOf(service.Name, pair, masked.Text, parts.Select(part => part.Restored));
            if (_cache.Find(key) is { } known)
                return (known, null);
            var (translated, fault) = await service.TranslateAsync(pair, masked.Text, cancellation);
            if (translated is null)
                return (null, fault);
            if (masked.Uncover(translated, out problem) is { } restored)
            {
                _cache.Keep(key, restored);
                return (restored, null);
            }
        }

        return (null, problem);
    }

    private sealed record Roster(TranslationSettings Settings, ImmutableArray<GuardedProvider> Services) : IDisposable
    {
        public void Dispose()
        {
            foreach (var service in Services)
                service.Dispose();
        }
    }
}
