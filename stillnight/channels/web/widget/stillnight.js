(function(){"use strict";/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const z=globalThis,D=z.ShadowRoot&&(z.ShadyCSS===void 0||z.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,I=Symbol(),Q=new WeakMap;let X=class{constructor(e,t,s){if(this._$cssResult$=!0,s!==I)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o;const t=this.t;if(D&&e===void 0){const s=t!==void 0&&t.length===1;s&&(e=Q.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),s&&Q.set(t,e))}return e}toString(){return this.cssText}};const Ae=n=>new X(typeof n=="string"?n:n+"",void 0,I),xe=(n,...e)=>{const t=n.length===1?n[0]:e.reduce((s,i,r)=>s+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(i)+n[r+1],n[0]);return new X(t,n,I)},Se=(n,e)=>{if(D)n.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(const t of e){const s=document.createElement("style"),i=z.litNonce;i!==void 0&&s.setAttribute("nonce",i),s.textContent=t.cssText,n.appendChild(s)}},ee=D?n=>n:n=>n instanceof CSSStyleSheet?(e=>{let t="";for(const s of e.cssRules)t+=s.cssText;return Ae(t)})(n):n;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const{is:Ee,defineProperty:Ce,getOwnPropertyDescriptor:Te,getOwnPropertyNames:Ne,getOwnPropertySymbols:ze,getPrototypeOf:Me}=Object,M=globalThis,te=M.trustedTypes,Oe=te?te.emptyScript:"",Pe=M.reactiveElementPolyfillSupport,k=(n,e)=>n,j={toAttribute(n,e){switch(e){case Boolean:n=n?Oe:null;break;case Object:case Array:n=n==null?n:JSON.stringify(n)}return n},fromAttribute(n,e){let t=n;switch(e){case Boolean:t=n!==null;break;case Number:t=n===null?null:Number(n);break;case Object:case Array:try{t=JSON.parse(n)}catch{t=null}}return t}},se=(n,e)=>!Ee(n,e),ie={attribute:!0,type:String,converter:j,reflect:!1,useDefault:!1,hasChanged:se};Symbol.metadata??=Symbol("metadata"),M.litPropertyMetadata??=new WeakMap;let v=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=ie){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){const s=Symbol(),i=this.getPropertyDescriptor(e,s,t);i!==void 0&&Ce(this.prototype,e,i)}}static getPropertyDescriptor(e,t,s){const{get:i,set:r}=Te(this.prototype,e)??{get(){return this[t]},set(o){this[t]=o}};return{get:i,set(o){const h=i?.call(this);r?.call(this,o),this.requestUpdate(e,h,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??ie}static _$Ei(){if(this.hasOwnProperty(k("elementProperties")))return;const e=Me(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(k("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(k("properties"))){const t=this.properties,s=[...Ne(t),...ze(t)];for(const i of s)this.createProperty(i,t[i])}const e=this[Symbol.metadata];if(e!==null){const t=litPropertyMetadata.get(e);if(t!==void 0)for(const[s,i]of t)this.elementProperties.set(s,i)}this._$Eh=new Map;for(const[t,s]of this.elementProperties){const i=this._$Eu(t,s);i!==void 0&&this._$Eh.set(i,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){const t=[];if(Array.isArray(e)){const s=new Set(e.flat(1/0).reverse());for(const i of s)t.unshift(ee(i))}else e!==void 0&&t.push(ee(e));return t}static _$Eu(e,t){const s=t.attribute;return s===!1?void 0:typeof s=="string"?s:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){const e=new Map,t=this.constructor.elementProperties;for(const s of t.keys())this.hasOwnProperty(s)&&(e.set(s,this[s]),delete this[s]);e.size>0&&(this._$Ep=e)}createRenderRoot(){const e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Se(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,s){this._$AK(e,s)}_$ET(e,t){const s=this.constructor.elementProperties.get(e),i=this.constructor._$Eu(e,s);if(i!==void 0&&s.reflect===!0){const r=(s.converter?.toAttribute!==void 0?s.converter:j).toAttribute(t,s.type);this._$Em=e,r==null?this.removeAttribute(i):this.setAttribute(i,r),this._$Em=null}}_$AK(e,t){const s=this.constructor,i=s._$Eh.get(e);if(i!==void 0&&this._$Em!==i){const r=s.getPropertyOptions(i),o=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:j;this._$Em=i;const h=o.fromAttribute(t,r.type);this[i]=h??this._$Ej?.get(i)??h,this._$Em=null}}requestUpdate(e,t,s,i=!1,r){if(e!==void 0){const o=this.constructor;if(i===!1&&(r=this[e]),s??=o.getPropertyOptions(e),!((s.hasChanged??se)(r,t)||s.useDefault&&s.reflect&&r===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,s))))return;this.C(e,t,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:s,reflect:i,wrapped:r},o){s&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??t??this[e]),r!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||s||(t=void 0),this._$AL.set(e,t)),i===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}const e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(const[i,r]of this._$Ep)this[i]=r;this._$Ep=void 0}const s=this.constructor.elementProperties;if(s.size>0)for(const[i,r]of s){const{wrapped:o}=r,h=this[i];o!==!0||this._$AL.has(i)||h===void 0||this.C(i,void 0,r,h)}}let e=!1;const t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(t)):this._$EM()}catch(s){throw e=!1,this._$EM(),s}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};v.elementStyles=[],v.shadowRootOptions={mode:"open"},v[k("elementProperties")]=new Map,v[k("finalized")]=new Map,Pe?.({ReactiveElement:v}),(M.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const B=globalThis,ne=n=>n,O=B.trustedTypes,re=O?O.createPolicy("lit-html",{createHTML:n=>n}):void 0,oe="$lit$",m=`lit$${Math.random().toFixed(9).slice(2)}$`,ae="?"+m,Re=`<${ae}>`,b=document,A=()=>b.createComment(""),x=n=>n===null||typeof n!="object"&&typeof n!="function",q=Array.isArray,Ue=n=>q(n)||typeof n?.[Symbol.iterator]=="function",W=`[ 	
\f\r]`,S=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,le=/-->/g,he=/>/g,$=RegExp(`>|${W}(?:([^\\s"'>=/]+)(${W}*=${W}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),ce=/'/g,de=/"/g,ue=/^(?:script|style|textarea|title)$/i,pe=n=>(e,...t)=>({_$litType$:n,strings:e,values:t}),c=pe(1),He=pe(2),_=Symbol.for("lit-noChange"),l=Symbol.for("lit-nothing"),ge=new WeakMap,y=b.createTreeWalker(b,129);function me(n,e){if(!q(n)||!n.hasOwnProperty("raw"))throw Error("invalid template strings array");return re!==void 0?re.createHTML(e):e}const Le=(n,e)=>{const t=n.length-1,s=[];let i,r=e===2?"<svg>":e===3?"<math>":"",o=S;for(let h=0;h<t;h++){const a=n[h];let u,p,d=-1,g=0;for(;g<a.length&&(o.lastIndex=g,p=o.exec(a),p!==null);)g=o.lastIndex,o===S?p[1]==="!--"?o=le:p[1]!==void 0?o=he:p[2]!==void 0?(ue.test(p[2])&&(i=RegExp("</"+p[2],"g")),o=$):p[3]!==void 0&&(o=$):o===$?p[0]===">"?(o=i??S,d=-1):p[1]===void 0?d=-2:(d=o.lastIndex-p[2].length,u=p[1],o=p[3]===void 0?$:p[3]==='"'?de:ce):o===de||o===ce?o=$:o===le||o===he?o=S:(o=$,i=void 0);const f=o===$&&n[h+1].startsWith("/>")?" ":"";r+=o===S?a+Re:d>=0?(s.push(u),a.slice(0,d)+oe+a.slice(d)+m+f):a+m+(d===-2?h:f)}return[me(n,r+(n[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),s]};class E{constructor({strings:e,_$litType$:t},s){let i;this.parts=[];let r=0,o=0;const h=e.length-1,a=this.parts,[u,p]=Le(e,t);if(this.el=E.createElement(u,s),y.currentNode=this.el.content,t===2||t===3){const d=this.el.content.firstChild;d.replaceWith(...d.childNodes)}for(;(i=y.nextNode())!==null&&a.length<h;){if(i.nodeType===1){if(i.hasAttributes())for(const d of i.getAttributeNames())if(d.endsWith(oe)){const g=p[o++],f=i.getAttribute(d).split(m),L=/([.?@])?(.*)/.exec(g);a.push({type:1,index:r,name:L[2],strings:f,ctor:L[1]==="."?Ie:L[1]==="?"?je:L[1]==="@"?Be:P}),i.removeAttribute(d)}else d.startsWith(m)&&(a.push({type:6,index:r}),i.removeAttribute(d));if(ue.test(i.tagName)){const d=i.textContent.split(m),g=d.length-1;if(g>0){i.textContent=O?O.emptyScript:"";for(let f=0;f<g;f++)i.append(d[f],A()),y.nextNode(),a.push({type:2,index:++r});i.append(d[g],A())}}}else if(i.nodeType===8)if(i.data===ae)a.push({type:2,index:r});else{let d=-1;for(;(d=i.data.indexOf(m,d+1))!==-1;)a.push({type:7,index:r}),d+=m.length-1}r++}}static createElement(e,t){const s=b.createElement("template");return s.innerHTML=e,s}}function w(n,e,t=n,s){if(e===_)return e;let i=s!==void 0?t._$Co?.[s]:t._$Cl;const r=x(e)?void 0:e._$litDirective$;return i?.constructor!==r&&(i?._$AO?.(!1),r===void 0?i=void 0:(i=new r(n),i._$AT(n,t,s)),s!==void 0?(t._$Co??=[])[s]=i:t._$Cl=i),i!==void 0&&(e=w(n,i._$AS(n,e.values),i,s)),e}class De{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){const{el:{content:t},parts:s}=this._$AD,i=(e?.creationScope??b).importNode(t,!0);y.currentNode=i;let r=y.nextNode(),o=0,h=0,a=s[0];for(;a!==void 0;){if(o===a.index){let u;a.type===2?u=new C(r,r.nextSibling,this,e):a.type===1?u=new a.ctor(r,a.name,a.strings,this,e):a.type===6&&(u=new qe(r,this,e)),this._$AV.push(u),a=s[++h]}o!==a?.index&&(r=y.nextNode(),o++)}return y.currentNode=b,i}p(e){let t=0;for(const s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(e,s,t),t+=s.strings.length-2):s._$AI(e[t])),t++}}class C{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,s,i){this.type=2,this._$AH=l,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=s,this.options=i,this._$Cv=i?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode;const t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=w(this,e,t),x(e)?e===l||e==null||e===""?(this._$AH!==l&&this._$AR(),this._$AH=l):e!==this._$AH&&e!==_&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):Ue(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==l&&x(this._$AH)?this._$AA.nextSibling.data=e:this.T(b.createTextNode(e)),this._$AH=e}$(e){const{values:t,_$litType$:s}=e,i=typeof s=="number"?this._$AC(e):(s.el===void 0&&(s.el=E.createElement(me(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===i)this._$AH.p(t);else{const r=new De(i,this),o=r.u(this.options);r.p(t),this.T(o),this._$AH=r}}_$AC(e){let t=ge.get(e.strings);return t===void 0&&ge.set(e.strings,t=new E(e)),t}k(e){q(this._$AH)||(this._$AH=[],this._$AR());const t=this._$AH;let s,i=0;for(const r of e)i===t.length?t.push(s=new C(this.O(A()),this.O(A()),this,this.options)):s=t[i],s._$AI(r),i++;i<t.length&&(this._$AR(s&&s._$AB.nextSibling,i),t.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){const s=ne(e).nextSibling;ne(e).remove(),e=s}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}}class P{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,s,i,r){this.type=1,this._$AH=l,this._$AN=void 0,this.element=e,this.name=t,this._$AM=i,this.options=r,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=l}_$AI(e,t=this,s,i){const r=this.strings;let o=!1;if(r===void 0)e=w(this,e,t,0),o=!x(e)||e!==this._$AH&&e!==_,o&&(this._$AH=e);else{const h=e;let a,u;for(e=r[0],a=0;a<r.length-1;a++)u=w(this,h[s+a],t,a),u===_&&(u=this._$AH[a]),o||=!x(u)||u!==this._$AH[a],u===l?e=l:e!==l&&(e+=(u??"")+r[a+1]),this._$AH[a]=u}o&&!i&&this.j(e)}j(e){e===l?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}}class Ie extends P{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===l?void 0:e}}class je extends P{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==l)}}class Be extends P{constructor(e,t,s,i,r){super(e,t,s,i,r),this.type=5}_$AI(e,t=this){if((e=w(this,e,t,0)??l)===_)return;const s=this._$AH,i=e===l&&s!==l||e.capture!==s.capture||e.once!==s.once||e.passive!==s.passive,r=e!==l&&(s===l||i);i&&this.element.removeEventListener(this.name,this,s),r&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}}class qe{constructor(e,t,s){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(e){w(this,e)}}const We=B.litHtmlPolyfillSupport;We?.(E,C),(B.litHtmlVersions??=[]).push("3.3.3");const Ye=(n,e,t)=>{const s=t?.renderBefore??e;let i=s._$litPart$;if(i===void 0){const r=t?.renderBefore??null;s._$litPart$=i=new C(e.insertBefore(A(),r),r,void 0,t??{})}return i._$AI(n),i};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const Y=globalThis;class T extends v{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){const e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){const t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Ye(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return _}}T._$litElement$=!0,T.finalized=!0,Y.litElementHydrateSupport?.({LitElement:T});const Ve=Y.litElementPolyfillSupport;Ve?.({LitElement:T}),(Y.litElementVersions??=[]).push("4.2.2");const Je=45e3,Fe="application/x-ndjson";class N extends Error{}class R extends Error{constructor(e,t){super(`refused with ${e}`),this.status=e,this.wait=t}}class Ge{constructor(e,t){this.base=e,this.tokens=t}get hasSession(){return this.tokens.token!==null}async start(){const e=await(await this.call("POST","/session")).json();return this.tokens.keep(e.token),e.messages}async history(){try{return(await(await this.call("GET","/history")).json()).messages}catch(e){if(e instanceof R&&e.status===401)return this.tokens.drop(),null;throw e}}async send(e,t){const s=e.choice===void 0?{text:e.text}:{choice:e.choice},i=await this.call("POST","/messages",s,{"Idempotency-Key":e.key,Accept:Fe});for await(const r of Ke(i))t(JSON.parse(r))}async feedback(e,t,s){await this.call("POST","/feedback",{message:e,helpful:t,...s?{reason:s}:{}})}async transcript(){return(await this.call("GET","/transcript")).text()}async forget(){this.hasSession&&await this.call("DELETE","/session"),this.tokens.drop()}leave(){this.tokens.drop()}async call(e,t,s,i={}){const r=this.tokens.token;let o;try{o=await fetch(this.base+t,{method:e,credentials:"omit",referrerPolicy:"no-referrer",headers:{...i,...s===void 0?{}:{"Content-Type":"application/json"},...r===null?{}:{Authorization:`Bearer ${r}`}},...s===void 0?{}:{body:JSON.stringify(s)},signal:AbortSignal.timeout(Je)})}catch{throw new N}if(o.status>=500)throw new N;if(!o.ok)throw new R(o.status,Number(o.headers.get("Retry-After"))||0);return o}}async function*Ke(n){const e=n.body?.pipeThrough(new TextDecoderStream).getReader();if(!e)return;let t="";for(;;){let s;try{s=await e.read()}catch{throw new N}t+=s.value??"";const i=t.split(`
`);if(t=i.pop()??"",yield*i.filter(r=>r!==""),s.done){if(t!=="")throw new N;return}}}function fe(n,e){const t=new Set(n.map(r=>r.id)),s=n.map(r=>r.from==="patient"?{from:"patient",key:r.id,text:r.text,state:"sent"}:{from:"assistant",answer:r}),i=e.filter(r=>!t.has(r.key)).map(({key:r,text:o})=>({from:"patient",key:r,text:o,state:"waiting"}));return[...s,...i]}function Ze(n){const e=n.findLastIndex(t=>t.from==="patient");return n.slice(e+1).flatMap(t=>t.from==="assistant"?t.answer.buttons:[])}const V=2e3,Qe=3e4;class Xe{constructor(e,t,s){this.client=e,this.listener=t,this.key=s,this.running=!1,this.wait=V,this.again=()=>{clearTimeout(this.timer),this.wait=V,this.run()},this.waiting=et(s),addEventListener("online",this.again)}get messages(){return this.waiting}stop(){removeEventListener("online",this.again),clearTimeout(this.timer)}add(e){this.set([...this.waiting,e]),this.run()}clear(){clearTimeout(this.timer),this.set([])}async run(){if(!this.running){this.running=!0;try{for(let e=this.waiting[0];e;e=this.waiting[0])if(!await this.send(e))return}finally{this.running=!1}}}async send(e){const t=new Set;try{this.client.hasSession||this.listener.restarted(await this.client.start()),await this.client.send(e,s=>{this.listener.replied(e,s,t.size===0),t.add(s.id)}),this.wait=V,this.listener.trouble(null),this.listener.done(e)}catch(s){if(s instanceof N)return this.later("offline",this.wait),this.wait=Math.min(2*this.wait,Qe),!1;if(s instanceof R&&s.status===429)return this.later("busy",1e3*s.wait),!1;if(s instanceof R&&s.status===401)return this.client.leave(),this.set([{key:e.key,text:e.text},...this.waiting.slice(1)]),!0;this.listener.failed(e)}return this.set(this.waiting.filter(s=>s.key!==e.key)),!0}later(e,t){this.listener.trouble(e),clearTimeout(this.timer),this.timer=setTimeout(()=>void this.run(),t)}set(e){this.waiting=e;try{e.length?sessionStorage.setItem(this.key,JSON.stringify(e)):sessionStorage.removeItem(this.key)}catch{}}}function et(n){try{return JSON.parse(sessionStorage.getItem(n)??"[]")}catch{return[]}}const tt="stillnight.token",st=720*60*60*1e3;class it{constructor(e){this.name=e,this.inMemory=be(J(),this.key)??this.remembered()?.token??null}get token(){return this.inMemory}get isRemembered(){return this.remembered()!==null}keep(e){this.inMemory=e,U(J(),this.key,e),this.isRemembered&&this.remember(!0)}drop(){this.inMemory=null,U(J(),this.key,null),U(F(),this.key,null)}remember(e){const t=e&&this.inMemory!==null?{token:this.inMemory,until:Date.now()+st}:null;U(F(),this.key,t&&JSON.stringify(t))}get key(){return`${tt}.${this.name}`}remembered(){try{const e=JSON.parse(be(F(),this.key)??"null");return e&&e.until>Date.now()?e:null}catch{return null}}}function J(){try{return sessionStorage}catch{return null}}function F(){try{return localStorage}catch{return null}}function be(n,e){try{return n?.getItem(e)??null}catch{return null}}function U(n,e,t){try{t===null?n?.removeItem(e):n?.setItem(e,t)}catch{}}class nt{constructor(e,t,s,i){this.strings=t,this.changed=s,this.answered=i,this.entries=[],this.trouble=null,this.writing=!1,this.spoken={text:"",urgent:!1},this.begun=null,this.tokens=new it(e),this.client=new Ge(e,this.tokens),this.outbox=new Xe(this.client,{replied:(r,o,h)=>this.replied(r,o,h),done:()=>this.settled(),failed:r=>this.failed(r),restarted:r=>this.restarted(r),trouble:r=>this.troubled(r)},`stillnight.outbox.${e}`),this.channel="BroadcastChannel"in globalThis?new BroadcastChannel(`stillnight.${e}`):null,this.channel?.addEventListener("message",()=>void this.reload())}get isRemembered(){return this.tokens.isRemembered}begin(){return this.begun??=this.resumed().catch(e=>{throw this.begun=null,this.trouble="offline",this.changed(),e}),this.begun}say(e,t){const s={key:crypto.randomUUID(),text:e,...t===void 0?{}:{choice:t}};this.entries=[...this.entries,{from:"patient",key:s.key,text:e,state:"waiting"}],this.writing=!0,this.changed(),this.outbox.add(s)}retry(){this.begun===null&&this.begin().catch(()=>{}),this.outbox.again()}async judge(e,t,s){this.entries=this.entries.map(i=>i.from==="assistant"&&i.answer.id===e.id?{...i,helpful:t}:i),this.changed(),await this.client.feedback(e.id,t,s).catch(()=>{})}remember(e){this.tokens.remember(e),this.changed()}transcript(){return this.client.transcript()}async startAgain(){this.reset(),this.client.leave(),await this.begin()}async forget(){await this.client.forget(),this.reset(),this.entries=[{from:"note",text:this.strings.forgotten}],this.speak(this.strings.forgotten),this.channel?.postMessage("changed"),this.changed()}stop(){this.outbox.stop(),this.channel?.close()}reset(){this.outbox.clear(),this.begun=null,this.writing=!1,this.trouble=null,this.entries=[]}async resumed(){const e=this.client.hasSession?await this.client.history():null;e!==null&&e.length>0?this.entries=fe(e,this.outbox.messages):this.greeted(await this.client.start()),this.trouble=null,this.writing=this.outbox.messages.length>0,this.changed(),this.outbox.again()}async reload(){if(!this.client.hasSession||this.writing)return;const e=await this.client.history().catch(()=>null);e!==null&&(this.entries=fe(e,this.outbox.messages),this.changed())}greeted(e){this.entries=[...this.entries,...e.map(t=>({from:"assistant",answer:t}))]}restarted(e){const t=this.entries.filter(s=>s.from==="patient"&&s.state!=="sent");this.entries=[...this.entries.filter(s=>!t.includes(s)),{from:"note",text:this.strings.restarted},...e.map(s=>({from:"assistant",answer:s})),...t],this.changed()}replied(e,t,s){s&&this.mark(e,"sent"),this.entries.some(i=>i.from==="assistant"&&i.answer.id===t.id)||(this.entries=[...this.entries,{from:"assistant",answer:t}],this.speak(t.text,t.urgent),this.answered(t)),this.changed()}settled(){this.writing=this.outbox.messages.length>1,this.channel?.postMessage("changed"),this.changed()}failed(e){this.mark(e,"failed"),this.writing=!1,this.speak(this.strings.failed),this.changed()}troubled(e){e!==null&&e!==this.trouble&&this.speak(e==="offline"?this.strings.offline:this.strings.busy),this.trouble=e,this.writing=e===null&&this.writing,this.changed()}mark(e,t){this.entries=this.entries.map(s=>s.from==="patient"&&s.key===e.key?{...s,state:t}:s)}speak(e,t=!1){this.spoken={text:e,urgent:t}}}const G=n=>He`
  <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
    stroke-linejoin="round"><path d=${n} /></svg>`,rt=G("M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z"),ot=G("M6 6l12 12M18 6L6 18"),at=G("M5 12h.01M12 12h.01M19 12h.01"),lt=/^(tel|sms):[+0-9*#,;a-z=?&.-]+$/i,ht=new Set(["svg","g","rect","line","path","text","tspan","title","desc","polygon","circle"]),ct=/^(?:[a-z-]+|viewBox|xmlns|preserveAspectRatio|textLength|lengthAdjust|patternUnits)$/;function dt(n,e){const t=[n];for(const{say:s,href:i}of e)for(let r=t.length-1;r>=0;r-=1){const o=t[r],h=typeof o=="string"?o.lastIndexOf(s):-1;if(typeof o=="string"&&h>=0&&lt.test(i)){const a=c`<a class="number" href=${i}>${s}</a>`;t.splice(r,1,o.slice(0,h),a,o.slice(h+s.length));break}}return t}function ut(n){return n!==null&&/^https?:\/\//.test(n)?n:null}function pt(n){const e=new DOMParser().parseFromString(n.svg,"image/svg+xml").documentElement,t=e.localName==="svg"?$e(e):null;return t?.setAttribute("role","img"),t?.setAttribute("aria-label",n.alt),t}function $e(n){if(!ht.has(n.localName))return null;const e=document.createElementNS("http://www.w3.org/2000/svg",n.localName);for(const{name:t,value:s}of n.attributes){const i=t.startsWith("on")||t==="style"||/href$/.test(t)||/url\(|javascript:/i.test(s);ct.test(t)&&!i&&t!=="xmlns"&&e.setAttribute(t,s)}for(const t of n.childNodes)t.nodeType===Node.TEXT_NODE?e.append(t.textContent??""):t.nodeType===Node.ELEMENT_NODE&&e.append(...[$e(t)].filter(s=>s!==null));return e}const gt={title:"Stillnight",tagline:"مساعد آلي للتثقيف، وليس طبيبًا.",open:"أسئلة عن تململ الساقين؟ تحدث معنا",close:"إغلاق المحادثة",menu:"المزيد",emergency:"في حالة الطوارئ، اتصل برقم الطوارئ المحلي.",emergencyNumbers:"أرقام الطوارئ",conversation:"المحادثة",you:"قلتَ:",assistant:"قال Stillnight:",message:"رسالتك",placeholder:"سؤالك",send:"إرسال",keys:"زر الإدخال يرسل رسالتك. مع Shift يبدأ سطرًا جديدًا.",suggestions:"اقتراحات",sources:"المصادر",newTab:"(يفتح في علامة تبويب جديدة)",writing:"Stillnight يكتب.",helpful:"هل كان هذا مفيدًا؟",yes:"نعم",no:"لا",thanks:"شكرًا لك.",whyNot:"ما الذي كان ينقص؟",copy:"نسخ",copied:"تم النسخ.",download:"تنزيل هذه المحادثة",again:"ابدأ من جديد",forget:"انسَني",forgetAsk:"هل تريد حذف هذه المحادثة هنا وعلى الخادم؟ لا يمكن استعادتها.",forgetYes:"احذفها",forgetNo:"أبقِها",forgotten:"حُذف كل ما في هذه المحادثة.",remember:"تذكّر هذه المحادثة على هذا الجهاز",resumed:"محادثتك مستمرة.",restarted:"المحادثة القديمة لم تعد موجودة، فبدأت محادثة جديدة.",offline:"لا يمكن الوصول إليّ الآن. رسالتك محفوظة وستُرسل عند عودتي.",busy:"كان ذلك كثيرًا دفعة واحدة. رسالتك محفوظة وستُرسل بعد لحظة.",failed:"عذرًا، تعذّر إرسال تلك الرسالة.",retry:"حاول مرة أخرى",long:"رسالتك أصبحت طويلة.",tooLong:"أطول مما أستطيع قراءته: من فضلك اختصرها.",counted:"{count} من {most}",unread:"{count} جديد"},ye={title:"Stillnight",tagline:"An automated assistant for education, not a doctor.",open:"Questions about restless legs? Chat with us",close:"Close the chat",menu:"More",emergency:"In an emergency, call your local emergency number.",emergencyNumbers:"Emergency numbers",conversation:"Conversation",you:"You said:",assistant:"Stillnight said:",message:"Your message",placeholder:"Your question",send:"Send",keys:"Enter sends your message. Shift and Enter starts a new line.",suggestions:"Suggestions",sources:"Sources",newTab:"(opens in a new tab)",writing:"Stillnight is writing.",helpful:"Was this helpful?",yes:"Yes",no:"No",thanks:"Thank you.",whyNot:"What was missing?",copy:"Copy",copied:"Copied.",download:"Download this chat",again:"Start again",forget:"Forget me",forgetAsk:"Delete this chat here and on the server? It cannot be brought back.",forgetYes:"Delete it",forgetNo:"Keep it",forgotten:"Everything of this chat was deleted.",remember:"Remember this chat on this device",resumed:"Your chat goes on.",restarted:"The old chat is no longer there, so a new one has begun.",offline:"I cannot be reached just now. Your message is kept, and sent when I am back.",busy:"That was a lot at once. Your message is kept, and sent in a moment.",failed:"Sorry, that message could not be sent.",retry:"Try again",long:"Your message is getting long.",tooLong:"Too long for me to read: please shorten it.",counted:"{count} of {most}",unread:"{count} new"},ve={en:ye,ar:gt},mt=new Set(["ar","fa","he","ur"]);function _e(n){const e=n.toLowerCase().split("-")[0]??"en",t=e in ve?e:"en";return{language:t,direction:mt.has(t)?"rtl":"ltr",strings:ve[t]??ye}}function we(n,e){return n.replace(/\{(\w+)\}/g,(t,s)=>String(e[s]??""))}const ft=xe`
  :host {
    --_paper: var(--stillnight-background, light-dark(#f5f2ec, #0e1320));
    --_ink: var(--stillnight-text, light-dark(#1f2536, #e3ddd1));
    --_quiet: light-dark(#575d6e, #a7acbb);
    --_bubble: var(--stillnight-bubble, light-dark(#fff, #182033));
    --_line: light-dark(#e6e1d6, #242e47);
    --_own: var(--stillnight-own, light-dark(#34426f, #2e3b66));
    --_own-ink: var(--stillnight-own-text, light-dark(#fff, #f1efe9));
    --_accent: var(--stillnight-accent, light-dark(#34426f, #b7c2ec));
    --_on-accent: var(--stillnight-on-accent, light-dark(#fff, #0e1320));
    --_edge: light-dark(#757fa2, #64719f);
    --_hover: light-dark(#e9e8ee, #1f2942);
    --_warn: light-dark(#9a3412, #f2b48c);
    --_focus: light-dark(#2f4fc0, #f1dca6);
    --_width: var(--stillnight-width, 24rem);
    --_height: var(--stillnight-height, 40rem);
    --_gap: 1rem;
    color-scheme: light dark;
    position: fixed;
    inset-block-end: calc(var(--_gap) + env(safe-area-inset-bottom));
    inset-inline-end: calc(var(--_gap) + env(safe-area-inset-right));
    z-index: var(--stillnight-layer, 2147483000);
    color: var(--_ink);
    font: 1.0625rem/1.5 var(--stillnight-font, system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif);
    overflow-wrap: anywhere;
  }
  :host([scheme="light"]) { color-scheme: light; }
  :host([scheme="dark"]) { color-scheme: dark; }
  :host([position="start"]) { inset-inline: calc(var(--_gap) + env(safe-area-inset-left)) auto; }
  :host([inline]) { position: static; display: block; block-size: var(--_height); }
  :host([hidden]) { display: none; }

  *, *::before, *::after { box-sizing: border-box; }
  p, ul, h2 { margin: 0; }
  button { font: inherit; color: inherit; cursor: pointer; }
  :focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; }
  [hidden] { display: none !important; }

  .unseen {
    position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }

  .launcher {
    position: relative; display: grid; place-items: center; inline-size: 3.75rem; block-size: 3.75rem; border: 0;
    border-radius: 50%; color: var(--_on-accent); background: var(--_accent);
    box-shadow: 0 .25rem 1rem rgb(0 0 0 / .25);
  }
  .launcher svg { inline-size: 1.875rem; block-size: 1.875rem; }
  .badge {
    position: absolute; inset-block-start: -.25rem; inset-inline-end: -.25rem; min-inline-size: 1.5rem;
    padding-inline: .375rem; border: 2px solid var(--_paper); border-radius: 1rem; color: #fff; background: #9a3412;
    font-size: .875rem; line-height: 1.375rem; text-align: center;
  }

  .box {
    display: flex; flex-direction: column; inline-size: min(var(--_width), 100vw - 2rem);
    block-size: min(var(--_height), 100dvh - 2rem); overflow: hidden; border: 1px solid var(--_line);
    border-radius: 1rem; background: var(--_paper); box-shadow: 0 .5rem 2.5rem rgb(0 0 0 / .3);
  }
  :host([inline]) .box { inline-size: 100%; block-size: 100%; box-shadow: none; }

  header {
    display: flex; align-items: center; gap: .5rem; padding: .5rem .5rem .5rem 1rem;
    border-block-end: 1px solid var(--_line);
  }
  header div { flex: 1; min-inline-size: 0; }
  h2 { font-size: 1.0625rem; line-height: 1.3; }
  .tagline { color: var(--_quiet); font-size: .875rem; line-height: 1.3; }
  .icon {
    display: grid; flex: none; place-items: center; inline-size: 2.75rem; block-size: 2.75rem; border: 0;
    border-radius: 50%; background: none;
  }
  .icon:hover, .choices button:hover, .menu button:hover { background: var(--_hover); }
  .icon svg { inline-size: 1.5rem; block-size: 1.5rem; }

  .menu { display: grid; padding: .25rem; border-block-end: 1px solid var(--_line); background: var(--_bubble); }
  .menu button, .menu label {
    display: flex; align-items: center; gap: .75rem; min-block-size: 2.75rem; padding: .375rem .75rem; border: 0;
    border-radius: .5rem; background: none; text-align: start;
  }
  .menu input { inline-size: 1.25rem; block-size: 1.25rem; accent-color: var(--_accent); }
  .confirm { display: grid; gap: .5rem; padding: .75rem; }

  .log { display: flex; flex: 1; flex-direction: column; gap: .75rem; overflow-y: auto; padding: 1rem; overscroll-behavior: contain; }
  .message { max-inline-size: 100%; }
  .bubble { padding: .625rem .875rem; border-radius: 1.125rem; white-space: pre-line; }
  .told .bubble { margin-inline-end: 1.5rem; border: 1px solid var(--_line); border-end-start-radius: .25rem; background: var(--_bubble); }
  .told.urgent .bubble { border: 2px solid var(--_warn); }
  .asked { align-self: end; margin-inline-start: 2.5rem; }
  .asked .bubble { border-end-end-radius: .25rem; color: var(--_own-ink); background: var(--_own); }
  .asked.waiting .bubble { opacity: .75; }
  .number { color: inherit; font-weight: 600; }
  .told .number { color: var(--_accent); }
  .picture { margin-block-start: .5rem; margin-inline-end: 1.5rem; padding: .75rem; border: 1px solid var(--_line); border-radius: 1rem; background: var(--_bubble); }
  .picture svg { display: block; inline-size: 100%; max-inline-size: 28rem; block-size: auto; }
  .note { align-self: center; color: var(--_quiet); font-size: .9375rem; text-align: center; }

  .below { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .75rem; margin-inline: .25rem; color: var(--_quiet); font-size: .9375rem; }
  .below button { min-block-size: 2.75rem; padding-inline: .5rem; border: 0; border-radius: .5rem; background: none; text-decoration: underline; }
  details { inline-size: 100%; }
  summary { display: list-item; padding-block: .625rem; cursor: pointer; }
  details ul { padding-inline-start: 1.125rem; }
  details li { padding-block: .25rem; }
  details a { display: inline-block; color: var(--_accent); }

  .choices { display: flex; flex-wrap: wrap; gap: .5rem; }
  .choices button, .confirm button, .trouble button {
    min-block-size: 2.75rem; padding: .5rem 1rem; border: 1px solid var(--_edge); border-radius: 1.375rem;
    background: var(--_bubble); text-align: start;
  }
  .confirm .danger { border-color: var(--_warn); color: var(--_warn); }

  .typing { display: inline-flex; gap: .375rem; inline-size: max-content; }
  .typing i { inline-size: .5rem; block-size: .5rem; border-radius: 50%; background: var(--_quiet); animation: breathe 1.4s infinite; }
  .typing i:nth-child(2) { animation-delay: .2s; }
  .typing i:nth-child(3) { animation-delay: .4s; }
  @keyframes breathe { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }

  .trouble { display: grid; gap: .5rem; justify-items: start; padding: .75rem 1rem; border-block-start: 1px solid var(--_line); color: var(--_warn); }
  .trouble button { color: var(--_ink); }

  form { display: grid; gap: .375rem; padding: .625rem .75rem calc(.5rem + env(safe-area-inset-bottom)); border-block-start: 1px solid var(--_line); }
  .field { display: flex; align-items: end; gap: .5rem; padding: .25rem; border: 1px solid var(--_edge); border-radius: 1.5rem; background: var(--_bubble); }
  .field:focus-within { outline: 3px solid var(--_focus); outline-offset: 1px; }
  textarea {
    flex: 1; min-inline-size: 0; min-block-size: 2.75rem; max-block-size: 8rem; padding: .5rem .75rem; border: 0;
    outline: 0; resize: none; color: inherit; background: none; font: inherit; field-sizing: content;
  }
  textarea::placeholder { color: var(--_quiet); opacity: 1; }
  .send { min-inline-size: 2.75rem; min-block-size: 2.75rem; padding-inline: 1rem; border: 0; border-radius: 1.375rem; color: var(--_on-accent); background: var(--_accent); }
  .counter.over { color: var(--_warn); }
  .counter, .emergency { font-size: .875rem; line-height: 1.35; text-align: center; }
  .emergency { color: var(--_ink); }
  .emergency button { min-block-size: 2.75rem; padding: 0 .25rem; border: 0; background: none; text-decoration: underline; }

  @media (max-width: 30rem) {
    :host([open]:not([inline])) { inset: 0; }
    :host([open]:not([inline])) .box { inline-size: 100vw; block-size: var(--_seen, 100dvh); border: 0; border-radius: 0; padding-block-start: env(safe-area-inset-top); }
  }
  @media (prefers-reduced-motion: reduce) { .typing i { animation: none; opacity: .6; } }
  @media (forced-colors: active) {
    .bubble, .box, .choices button, .picture, .field, .launcher { border: 1px solid; }
    .told.urgent .bubble { border-width: 3px; }
  }
`,bt=1800,H=2e3;class $t extends T{constructor(){super(),this.conversation=null,this.strings=_e("en").strings,this.atEnd=!0,this.fit=()=>{const e=visualViewport,t=e&&e.scale<1.01&&e.height<innerHeight-1;this.style.setProperty("--_seen",t?`${e.height}px`:"100dvh")},this.open=!1,this.inline=!1,this.heading=void 0,this.greeting=void 0,this.locale="en",this.server="",this.menu=!1,this.asking=!1,this.draft="",this.unread=0}static{this.styles=ft}static{this.properties={open:{type:Boolean,reflect:!0},inline:{type:Boolean,reflect:!0},heading:{type:String},greeting:{type:String},locale:{type:String},server:{type:String},menu:{state:!0},asking:{state:!0},draft:{state:!0},unread:{state:!0}}}show(){this.open=!0,this.unread=0,this.tell("open"),this.talk().begin().catch(()=>{}),this.updateComplete.then(()=>this.field()?.focus())}hide(){this.open=!1,this.menu=!1,this.tell("close"),this.updateComplete.then(()=>this.renderRoot.querySelector(".launcher")?.focus())}async ask(e){this.show(),await this.talk().begin(),this.talk().say(e.slice(0,H))}connectedCallback(){super.connectedCallback(),this.inline&&this.talk().begin().catch(()=>{}),visualViewport?.addEventListener("resize",this.fit)}disconnectedCallback(){super.disconnectedCallback(),this.conversation?.stop(),this.conversation=null,visualViewport?.removeEventListener("resize",this.fit)}willUpdate(e){if(e.has("locale")){const{language:s,direction:i,strings:r}=_e(this.locale);this.strings=r,this.lang=s,this.dir=i}const t=this.log();this.atEnd=!t||t.scrollHeight-t.scrollTop-t.clientHeight<48}updated(){const e=this.log();if(e&&this.atEnd){const t=[...e.querySelectorAll(".asked")].at(-1),s=t?t.offsetTop-e.offsetTop-8:0;e.scrollTop=Math.min(s,e.scrollHeight)}}render(){if(!this.open&&!this.inline){const t=this.unread?we(this.strings.unread,{count:this.unread}):"";return c`<button class="launcher" type="button" aria-haspopup="dialog" @click=${()=>this.show()}>
        ${rt}<span class="unseen">${this.strings.open} ${t}</span>
        ${this.unread?c`<span class="badge" aria-hidden="true">${this.unread}</span>`:l}
      </button>`}const e=this.talk();return c`<section
      class="box"
      role=${this.inline?"region":"dialog"}
      aria-label=${this.heading??this.strings.title}
      @keydown=${t=>this.pressed(t)}
    >
      ${this.head()} ${this.menu?this.more(e):l}
      <div class="log" role="log" aria-live="off" aria-label=${this.strings.conversation} tabindex="0">
        ${this.greeting?c`<p class="note">${this.greeting}</p>`:l}
        ${e.entries.map(t=>this.entry(t))}
        ${e.writing?c`<div class="message told" aria-hidden="true"><p class="bubble typing"><i></i><i></i><i></i></p></div>`:this.choices(e)}
      </div>
      ${e.trouble?this.trouble(e):l} ${this.composer()}
      <p class="unseen" role="status">${e.spoken.urgent?"":e.spoken.text}</p>
      <p class="unseen" role="alert">${e.spoken.urgent?e.spoken.text:""}</p>
    </section>`}head(){return c`<header>
      <div>
        <h2>${this.heading??this.strings.title}</h2>
        <p class="tagline">${this.strings.tagline}</p>
      </div>
      <button
        class="icon"
        type="button"
        aria-expanded=${this.menu}
        aria-label=${this.strings.menu}
        @click=${()=>this.menu=!this.menu}
      >
        ${at}
      </button>
      ${this.inline?l:c`<button class="icon" type="button" aria-label=${this.strings.close} @click=${()=>this.hide()}>
            ${ot}
          </button>`}
    </header>`}more(e){const t=this.strings;return this.asking?c`<div class="menu confirm" role="group" aria-label=${t.forget}>
        <p>${t.forgetAsk}</p>
        <button class="danger" type="button" @click=${()=>this.forget(e)}>${t.forgetYes}</button>
        <button type="button" @click=${()=>this.asking=!1}>${t.forgetNo}</button>
      </div>`:c`<div class="menu">
      <button type="button" @click=${()=>this.download(e)}>${t.download}</button>
      <button type="button" @click=${()=>this.restart(e)}>${t.again}</button>
      <button type="button" @click=${()=>this.asking=!0}>${t.forget}</button>
      <label>
        <input
          type="checkbox"
          .checked=${e.isRemembered}
          @change=${s=>e.remember(s.target.checked)}
        />
        ${t.remember}
      </label>
    </div>`}entry(e){return e.from==="note"?c`<p class="note">${e.text}</p>`:e.from==="patient"?this.asked(e):this.told(e)}asked(e){return c`<div class="message asked ${e.state}">
      <p class="bubble" dir="auto"><span class="unseen">${this.strings.you} </span>${e.text}</p>
      ${e.state==="failed"?c`<p class="note">${this.strings.failed}</p>`:l}
    </div>`}told(e){const{answer:t}=e,s=this.strings,i=dt(t.text,t.contacts);return c`<div class="message told ${t.urgent?"urgent":""}" lang="en" dir="ltr">
      <p class="bubble"><span class="unseen">${s.assistant} </span>${i}</p>
      ${t.images.map(r=>c`<div class="picture">${pt(r)}</div>`)}
      <div class="below" lang=${this.lang} dir=${this.dir}>
        ${t.sources.length?this.sources(t.sources):l}
        ${t.sources.length&&!t.urgent?this.judged(e):l}
      </div>
    </div>`}judged(e){const t=this.strings,s=i=>void this.talk().judge(e.answer,i);return e.helpful===void 0?c`<span>${t.helpful}</span>
          <button type="button" @click=${()=>s(!0)}>${t.yes}</button>
          <button type="button" @click=${()=>s(!1)}>${t.no}</button>
          <button type="button" @click=${()=>navigator.clipboard?.writeText(e.answer.text)}>${t.copy}</button>`:c`<span>${t.thanks}</span>`}sources(e){return c`<details>
      <summary>${this.strings.sources}</summary>
      <ul lang="en" dir="ltr">
        ${e.map(({title:t,journal:s,year:i,url:r})=>{const o=[s,s?.includes(String(i))?null:i].filter(Boolean).join(", "),h=ut(r);return c`<li>
            ${h===null?t:c`<a href=${h} target="_blank" rel="noopener noreferrer"
                  >${t}<span class="unseen"> ${this.strings.newTab}</span></a
                >`}
            ${o}
          </li>`})}
      </ul>
    </details>`}choices(e){const t=Ze(e.entries);return t.length?c`<div class="choices" role="group" aria-label=${this.strings.suggestions}>
      ${t.map(({title:s,choice:i})=>c`<button type="button" lang="en" @click=${()=>this.send(s,i)}>${s}</button>`)}
    </div>`:l}trouble(e){return c`<div class="trouble">
      <p>${e.trouble==="offline"?this.strings.offline:this.strings.busy}</p>
      <button type="button" @click=${()=>e.retry()}>${this.strings.retry}</button>
    </div>`}composer(){const e=this.strings,t=[...this.draft].length,s=t>H,i=we(e.counted,{count:t,most:H});return c`<form @submit=${r=>this.submitted(r)}>
      <div class="field">
        <textarea
          rows="1"
          dir="auto"
          autocomplete="off"
          enterkeyhint="send"
          aria-label=${e.message}
          aria-description=${e.keys}
          placeholder=${e.placeholder}
          .value=${this.draft}
          @input=${r=>this.draft=r.target.value}
          @keydown=${r=>this.typed(r)}
        ></textarea>
        <button class="send" type="submit">${e.send}</button>
      </div>
      ${t>bt?c`<p class="counter ${s?"over":""}">${s?e.tooLong:e.long} ${i}</p>`:l}
      <p class="emergency">
        ${e.emergency}
        <button type="button" @click=${()=>this.send(e.emergencyNumbers)}>${e.emergencyNumbers}</button>
      </p>
    </form>`}send(e,t){this.menu=!1,this.atEnd=!0,this.talk().say(e,t),this.tell("message")}submitted(e){e.preventDefault();const t=this.draft.trim();t&&[...t].length<=H&&(this.draft="",this.send(t)),this.field()?.focus()}typed(e){e.key==="Enter"&&!e.shiftKey&&!e.isComposing&&this.submitted(e)}pressed(e){e.key==="Escape"&&(e.stopPropagation(),this.menu?(this.menu=!1,this.asking=!1):this.inline||this.hide())}async restart(e){this.menu=!1,await e.startAgain().catch(()=>{}),this.field()?.focus()}async forget(e){this.asking=!1,this.menu=!1,await e.forget().catch(()=>e.retry()),this.tell("forgotten")}async download(e){this.menu=!1;const t=await e.transcript().catch(()=>null);if(t===null)return;const s=document.createElement("a");s.href=URL.createObjectURL(new Blob([t],{type:"text/plain"})),s.download="stillnight.txt",s.click(),URL.revokeObjectURL(s.href)}talk(){return this.conversation??=new nt(this.server,this.strings,()=>this.requestUpdate(),()=>{!this.open&&!this.inline&&(this.unread+=1),this.tell("answer")}),this.conversation}tell(e){this.dispatchEvent(new CustomEvent(`stillnight-${e}`,{bubbles:!0,composed:!0}))}field(){return this.renderRoot.querySelector("textarea")}log(){return this.renderRoot?.querySelector(".log")??null}}const K="stillnight-chat",yt="/webhooks/web",vt=["heading","greeting","locale","position","scheme"],Z=document.currentScript;function ke(){if(customElements.get(K)||customElements.define(K,$t),window.Stillnight)return;const n=Z?.dataset??{},e=Z?.src?new URL(Z.src,location.href).origin:location.origin,t=n.target?document.querySelector(n.target):null,s=document.createElement(K);s.server=(n.server??e)+yt,s.locale=document.documentElement.lang||navigator.language;for(const i of vt){const r=n[i];r!==void 0&&s.setAttribute(i,r)}s.inline=t!==null,(t??document.body).append(s),window.Stillnight={element:s,open:()=>s.show(),close:()=>s.hide(),ask:i=>s.ask(i)}}document.readyState==="loading"?addEventListener("DOMContentLoaded",ke,{once:!0}):ke()})();
