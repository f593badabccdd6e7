use mingbai::*;
use mingbai::model::*;
use mingbai::amount::Decimal;
fn main(){
    let sources = source::Sources::read(std::path::Path::new("."), "mingbai.yaml").unwrap();
    let mut r = diagnostic::Report::default();
    let c = content::parse(&mut r,&sources);
    let named: Vec<String> = assemble::profiles_named(&c).collect();
    let p = profile::resolve(&mut r,&sources,named);
    let mut portal = assemble::assemble(&mut r,&sources,c,&p,false);
    let mut total=0; let mut caught=0; let mut untouched=vec![]; let mut missed=vec![];
    for d in 0..portal.disclosures.len() {
        let mut figs = vec![];
        let disc=&portal.disclosures[d];
        for (t,table) in disc.tables.values().enumerate(){ for (pi,panel) in table.panels.iter().enumerate(){ for (ri,row) in panel.rows.iter().enumerate(){ for (ci,cell) in row.cells.iter().enumerate(){ if cell.figure().is_some(){ figs.push(At::Cell(t,pi,ri,ci)); }}}}}
        for (pi,pr) in disc.projects.iter().enumerate(){ for (fi,cell) in pr.fields.iter().enumerate(){ if cell.figure().is_some(){figs.push(At::Field(pi,fi));}}}
        let touched: std::collections::BTreeSet<At> = disc.relations(&portal).iter().flat_map(|o|o.figures().map(|f|f.at).collect::<Vec<_>>()).collect();
        for at in figs {
            if !touched.contains(&at) { untouched.push(portal.disclosures[d].address_of(at)); continue; }
            for delta in [Decimal::new(5,2), Decimal::new(-5,2)] {
                total+=1;
                let get = |portal:&mut Portal, v:Option<Cell>| -> Cell { let disc=&mut portal.disclosures[d]; let cell = match at { At::Cell(t,p,r,c)=> &mut disc.tables[t].panels[p].rows[r].cells[c], At::Field(p,f)=>&mut disc.projects[p].fields[f], _=>unreachable!() }; let old=cell.clone(); if let Some(v)=v {*cell=v;} old };
                let old=get(&mut portal,None);
                let v=old.figure().unwrap()+delta;
                get(&mut portal,Some(Cell::Figure(v,false)));
                let ok = portal.disclosures[d].relations(&portal).iter().any(|o| o.verdict==Verdict::Broken && o.severity()==diagnostic::Severity::Error && o.figures().any(|f|f.at==at));
                if ok {caught+=1} else {missed.push(format!("{} {} {:+}",portal.disclosures[d].id,portal.disclosures[d].address_of(at),delta));}
                get(&mut portal,Some(old));
            }
        }
    }
    println!("touched mutations {total} caught {caught}; untouched figures {}", untouched.len());
    for m in missed {println!("MISSED {m}");}
    println!("UNTOUCHED {untouched:?}");
}
