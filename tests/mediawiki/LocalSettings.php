<?php
// Settings of the test wiki. setup.sh copies this file into the unpacked MediaWiki.
// One code tree serves several wikis at once: each server names its own in the environment.

if ( !defined( 'MEDIAWIKI' ) ) {
	exit;
}

$bench = getenv( 'WIKIBOT_BENCH_DATA' );

// --- where it is ---
$wgServer = 'http://127.0.0.1:' . ( getenv( 'WIKIBOT_BENCH_PORT' ) ?: '80' );
$wgScriptPath = '';
$wgSitename = 'Communs de test';
$wgMetaNamespace = 'Projet';
$wgLanguageCode = 'fr';
$wgLocaltimezone = 'Europe/Paris';
$wgSecretKey = hash( 'sha256', __FILE__ );
$wgRightsText = 'Licence Ouverte 2.0';
$wgRightsUrl = 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/';

// --- the database: no waiting for the disk, the data are thrown away ---
$wgSQLiteDataDir = $bench;
$wgDBname = 'wiki';
$file = [ 'type' => 'sqlite', 'tablePrefix' => '', 'dbDirectory' => $bench,
	'variables' => [ 'synchronous' => 'OFF' ] ];
$wgDBservers = [ $file + [ 'dbname' => $wgDBname, 'host' => '', 'user' => '', 'password' => '',
	'flags' => DBO_DEFAULT, 'load' => 1 ] ];
$wgObjectCaches[CACHE_DB] = [ 'class' => SqlBagOStuff::class, 'loggroup' => 'SQLBagOStuff',
	'server' => $file + [ 'dbname' => 'wikicache', 'flags' => 0 ] ];

// --- caches: in the data directory, so that a reset resets them too ---
$wgMainCacheType = CACHE_DB;
$wgSessionCacheType = CACHE_DB;
$wgParserCacheType = CACHE_DB;
$wgMessageCacheType = CACHE_DB;
$wgTmpDirectory = $bench;
// The messages never change: PHP files, written once by setup.sh, shared by all.
$wgCacheDirectory = __DIR__ . '/cache';
$wgLocalisationCacheConf['store'] = 'array';
$wgLocalisationCacheConf['manualRecache'] = getenv( 'WIKIBOT_BENCH_SETUP' ) !== '1';

// --- what it does and does not ---
$wgJobRunRate = 0; // MediaWikiBench.run_jobs() runs them
$wgRateLimits = [];
$wgPasswordAttemptThrottle = [];
$wgEnableBotPasswords = true;
$wgGroupPermissions['*']['createaccount'] = false;
$wgEnableUploads = false;
$wgEnableEmail = false;
$wgPingback = false;
$wgShowExceptionDetails = true;
$wgReadOnlyFile = "$bench/read-only";
$wgDiff3 = getenv( 'WIKIBOT_BENCH_DIFF3' ) ?: '/usr/bin/diff3';
$wgDefaultSkin = 'fallback'; // nobody looks: no skin is loaded

// --- the namespaces that Semantic MediaWiki, Page Forms and SemanticActions bring ---
$wgExtraNamespaces = [
	102 => 'Attribut', 103 => 'Discussion_attribut',
	106 => 'Formulaire', 107 => 'Discussion_formulaire',
	108 => 'Concept', 109 => 'Discussion_concept',
	690 => 'Action', 691 => 'Action_Talk',
	692 => 'Label', 693 => 'Label_Talk',
];
$wgNamespaceAliases = [ 'Property' => 102, 'Property_talk' => 103, 'Form' => 106, 'Form_talk' => 107 ];
$wgHooks['CanonicalNamespaces'][] = static function ( array &$names ) {
	$names[102] = 'Property';
	$names[103] = 'Property_talk';
	$names[106] = 'Form';
	$names[107] = 'Form_talk';
	$names[109] = 'Concept_talk';
};

// --- extensions, as far as Debian packages them ---
// What a test asks for (MediaWikiBench.configure) is in a file beside the database. Setting up
// loads the guards of wikis as well: their tables and their messages are there when one does.
$wished = json_decode( (string)@file_get_contents( "$bench/settings.json" ), true ) ?? [];
$guards = [ 'AbuseFilter', 'SpamBlacklist', 'TitleBlacklist', 'ConfirmEdit' ];
$asked = getenv( 'WIKIBOT_BENCH_SETUP' ) === '1' ? $guards : ( $wished['extensions'] ?? [] );
foreach ( [ 'ParserFunctions', 'Cite', ...$asked ] as $extension ) {
	if ( is_file( __DIR__ . "/extensions/$extension/extension.json" ) ) {
		wfLoadExtension( $extension );
	}
}
$wgPFEnableStringFunctions = true;
// The lists of the wiki itself, none from the network.
$wgBlacklistSettings = [ 'spam' => [ 'files' => [] ], 'email' => [ 'files' => [] ] ];
$wgTitleBlacklistSources = [ [ 'type' => 'localpage', 'src' => 'MediaWiki:Titleblacklist' ] ];

// --- what a test asks for ---
foreach ( $wished['globals'] ?? [] as $name => $value ) {
	$both = is_array( $value ) && is_array( $GLOBALS[$name] ?? null );
	$GLOBALS[$name] = $both ? array_replace_recursive( $GLOBALS[$name], $value ) : $value;
}
// Replicas that lag, as far as the API can tell.
$wgHooks['ApiMaxLagInfo'][] = static function ( array &$info ) use ( $wished ) {
	if ( isset( $wished['lag'] ) ) {
		$info = [ 'host' => 'replica', 'lag' => $wished['lag'], 'type' => 'db' ] + $info;
	}
};
// An extension that vetoes a text, and a database that fails once it is being saved.
$wgHooks['EditFilterMergedContent'][] = static function ( $context, $content ) use ( $wished ) {
	return !isset( $wished['veto'] ) || !str_contains( $content->serialize(), $wished['veto'] );
};
$wgHooks['MultiContentSave'][] = static function ( $rendered ) use ( $wished ) {
	$text = $rendered->getRevision()->getContent( 'main' )->serialize();
	if ( isset( $wished['failing'] ) && str_contains( $text, $wished['failing'] ) ) {
		$db = MediaWiki\MediaWikiServices::getInstance()->getDBLoadBalancer()->getConnection( DB_PRIMARY );
		throw new Wikimedia\Rdbms\DBQueryError( $db, 'disk I/O error', 10, 'INSERT', __METHOD__ );
	}
};
