<?php
// Reads a JSON list of wikitexts, writes the JSON list of MediaWiki's own parse trees: what
// action=parse&prop=parsetree answers, without a request for each. Run by MediaWikiBench.

require_once getenv( 'MW_INSTALL_PATH' ) . '/maintenance/Maintenance.php';

class ParseTrees extends Maintenance {
	public function execute() {
		$parser = MediaWiki\MediaWikiServices::getInstance()->getParserFactory()->create();
		$title = Title::newFromText( 'API' );
		$options = ParserOptions::newFromAnon();
		$trees = [];
		foreach ( json_decode( stream_get_contents( STDIN ), false, 8, JSON_THROW_ON_ERROR ) as $text ) {
			$parser->startExternalParse( $title, $options, Parser::OT_PREPROCESS );
			$trees[] = $parser->preprocessToDom( $text )->__toString();
		}
		fwrite( STDOUT, json_encode( $trees, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE ) );
	}
}

$maintClass = ParseTrees::class;
require_once RUN_MAINTENANCE_IF_MAIN;
